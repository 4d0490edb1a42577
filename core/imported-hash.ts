import { createHmac, hash } from "node:crypto";
import type { HashAlgorithm, HashEncoding, PendingLookup } from "./token-shape.ts";

export type SlowAlgorithm = "bcrypt" | "argon2id" | "scrypt";

/** Bytes of the hashes that have no parameters. */
const DIGEST_BYTES = { sha256: 32, sha512: 64, "hmac-sha256": 32 };
export type FastAlgorithm = keyof typeof DIGEST_BYTES;

/** Whether comparing a token with such a hash is meant to be slow. */
export function isSlow(algorithm: HashAlgorithm): algorithm is SlowAlgorithm {
  return !(algorithm in DIGEST_BYTES);
}

/** The hash in lower-case hex; null if the text is not a hash of this algorithm in this encoding. */
export function digestOf(algorithm: FastAlgorithm, encoding: HashEncoding, value: string): string | null {
  const bytes = Buffer.from(value, encoding);
  if (bytes.length !== DIGEST_BYTES[algorithm]) return null;
  const given = encoding === "hex" ? value.toLowerCase() : value.replace(/=+$/, "");
  // `Buffer.from` skips what it can't decode.
  return bytes.toString(encoding).replace(/=+$/, "") === given ? bytes.toString("hex") : null;
}

/** bcrypt reads no more of a token: another token with the same start would be taken for it. */
export const MAX_BCRYPT_BYTES = 72;

/** Bounds on slow hashes, so that one comparison takes about a second and 256 MiB at most. */
const MAX_BCRYPT_COST = 14;
const MAX_MEMORY_KIB = 262_144;
const MAX_ARGON2_WORK_KIB = 1_048_576;
const MAX_SCRYPT_WORK = 2 ** 21;

const BCRYPT = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]$/;
const ARGON2ID =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,4}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;
const SCRYPT =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/.]+)={0,2}\$([A-Za-z0-9+/.]+)={0,2}$/;

/** Why a text can't be imported as a hash of this algorithm; null if it can. */
export function slowHashError(algorithm: SlowAlgorithm, value: string): string | null {
  switch (algorithm) {
    case "bcrypt": {
      const cost = Number(BCRYPT.exec(value)?.[1] ?? Number.NaN);
      if (Number.isNaN(cost)) return "Give the whole bcrypt hash, such as $2b$10$…: 60 characters.";
      return cost >= 4 && cost <= MAX_BCRYPT_COST ? null : `The cost must be 4 to ${MAX_BCRYPT_COST}.`;
    }
    case "argon2id": {
      const match = ARGON2ID.exec(value);
      if (match === null) return "Give the whole hash in PHC format: $argon2id$v=19$m=…,t=…,p=…$salt$hash.";
      // No base64 has this length.
      if (match.slice(4).some((text) => text.length % 4 === 1)) return "The salt or the hash is truncated.";
      const [memory = 0, time = 0, lanes = 0] = match.slice(1, 4).map(Number);
      if (lanes < 1 || lanes > 16 || time < 1 || memory < 8 * lanes)
        return "The parameters are out of range.";
      return memory <= MAX_MEMORY_KIB && memory * time <= MAX_ARGON2_WORK_KIB
        ? null
        : "The hash needs too much memory or time: at most m=262144, and m times t at most 1048576.";
    }
    case "scrypt": {
      const parameters = readScrypt(value);
      if (parameters === null) return "Give the whole hash in PHC format: $scrypt$ln=…,r=…,p=…$salt$hash.";
      const { cost, blockSize, parallelization, key } = parameters;
      if (key.length < 16 || key.length > 128) return "The hash must have 16 to 128 bytes.";
      const work = cost * blockSize * parallelization;
      // With more, the buffer for `p` is larger than the memory that `ln` and `r` allow.
      return cost >= 2 && parallelization <= cost && work > 0 && work <= MAX_SCRYPT_WORK
        ? null
        : "The parameters are out of range: p may be at most 2^ln, and 2^ln times r times p at most 2097152.";
    }
  }
}

/** An scrypt hash in the PHC format, as passlib writes it too; null for any other text. */
export function readScrypt(value: string) {
  const match = SCRYPT.exec(value);
  if (match === null) return null;
  const [, ln = "", r = "", p = "", salt = "", key = ""] = match;
  const decode = (text: string) => Buffer.from(text.replaceAll(".", "+"), "base64");
  return {
    cost: 2 ** Number(ln),
    blockSize: Number(r),
    parallelization: Number(p),
    salt: decode(salt),
    key: decode(key),
  };
}

/** What an import is recognized by when it is repeated: its hash, in a form that is no hash of the token. */
export function fingerprintOf(algorithm: HashAlgorithm, digest: string): string {
  return `${algorithm}:${isSlow(algorithm) ? hash("sha256", digest) : digest}`;
}

/** What finds an imported token before its first use; null for a token that is found by its SHA-256. */
export function pendingDigest(algorithm: HashAlgorithm, digest: string, lookup: string): string | null {
  if (algorithm === "sha256") return null;
  return isSlow(algorithm) ? lookupDigest(lookup) : `${algorithm}:${digest}`;
}

/** The first characters of a token as they are stored: hashed, because they are a part of the secret. */
function lookupDigest(start: string): string {
  return `first${start.length}:${hash("sha256", start)}`;
}

/** What to look up for a token, by these kinds of imports. The fast ones come first. */
export function pendingDigestsOf(
  token: string,
  pending: readonly PendingLookup[],
  hmacSecrets: readonly Buffer[],
): { digest: string; slow: boolean }[] {
  const fast: string[] = [];
  if (pending.includes("sha512")) fast.push(`sha512:${hash("sha512", token)}`);
  if (pending.includes("hmac-sha256")) {
    for (const secret of hmacSecrets)
      fast.push(`hmac-sha256:${createHmac("sha256", secret).update(token).digest("hex")}`);
  }
  const slow = pending.filter((one) => typeof one === "number");
  return [
    ...fast.map((digest) => ({ digest, slow: false })),
    ...slow.map((length) => ({ digest: lookupDigest(token.slice(0, length)), slow: true })),
  ];
}

/** Stands for the SHA-256 of a token that has not been used since its import. No token has it. */
export function placeholderHash(secretId: string): string {
  return `imported:${secretId}`;
}

/** An HMAC secret as written in the settings: text, or bytes after `hex:` or `base64:`. */
export function readHmacSecret(text: string): Buffer {
  if (text.startsWith("hex:")) return Buffer.from(text.slice(4), "hex");
  if (text.startsWith("base64:")) return Buffer.from(text.slice(7), "base64");
  return Buffer.from(text);
}
