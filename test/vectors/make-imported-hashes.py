"""Makes imported-hashes.json.gz with reference tools, none of them ours: Python's hashlib and hmac,
the packages bcrypt and argon2-cffi, and passlib for the text format of scrypt.

    python3 -m venv venv && venv/bin/pip install bcrypt argon2-cffi passlib
    venv/bin/python test/vectors/make-imported-hashes.py
"""

import gzip
import hashlib
import hmac
import json
import pathlib

import argon2
import bcrypt
from passlib.hash import scrypt

COUNT = 1_000
HMAC_SECRET = b"pepper of the former system"
# Low costs: the format is what matters, and a thousand comparisons must not take minutes.
ARGON2 = argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1, hash_len=32, salt_len=16)
SCRYPT = scrypt.using(rounds=4, block_size=8, parallelism=1)

HASHES = {
    "sha256": lambda token: hashlib.sha256(token).hexdigest(),
    "sha512": lambda token: hashlib.sha512(token).hexdigest(),
    "hmac-sha256": lambda token: hmac.new(HMAC_SECRET, token, hashlib.sha256).hexdigest(),
    "bcrypt": lambda token: bcrypt.hashpw(token, bcrypt.gensalt(4)).decode(),
    "argon2id": lambda token: ARGON2.hash(token),
    "scrypt": lambda token: SCRYPT.hash(token),
}


def token_of(algorithm: str, index: int) -> str:
    """Tokens follow from their number, so that the file needs only the hashes."""
    return "old_" + hashlib.sha256(f"{algorithm} {index}".encode()).hexdigest()[:32]


vectors = {
    algorithm: [make(token_of(algorithm, index).encode()) for index in range(COUNT)]
    for algorithm, make in HASHES.items()
}
path = pathlib.Path(__file__).parent / "imported-hashes.json.gz"
path.write_bytes(gzip.compress(json.dumps(vectors).encode(), 9, mtime=0))
print(path.stat().st_size)
