"""Access tokens while no verifier answers, or answers with a wrong clock or unusable keys."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from latchkey import VerdictUnavailableError, access_tokens
from latchkey.access_tokens import AccessTokenDenied, AccessTokenVerifier


def test_a_token_is_not_called_invalid_while_another_thread_reads_the_keys() -> None:
    # Nothing listens there.
    verifier = AccessTokenVerifier("http://127.0.0.1:9", "t", "https://keys.example", "badges", on_error=lambda _: None)
    with verifier, verifier._reading_keys, pytest.raises(VerdictUnavailableError):
        verifier._key_of("k")


def test_tokens_do_not_wait_for_each_other_while_the_keys_cannot_be_read() -> None:
    released = threading.Event()

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/.well-known/jwks.json":
            seconds = request.extensions["timeout"].get("read")
            released.wait(seconds)
            raise httpx.ReadTimeout("released", request=request)
        time.sleep(0.05)
        answer = {"complete": True, "cursor": "a.1", "more": False, "asOf": iso(0), "lagMs": 0, "entries": []}
        return httpx.Response(200, json=answer)

    options: dict[str, Any] = {"on_error": lambda _: None, "transport": httpx.MockTransport(handle)}
    with (
        AccessTokenVerifier("http://verifier", "t", ISSUER, "badges", **options) as verifier,
        ThreadPoolExecutor(5) as pool,
    ):
        verifier._first.wait(5)
        started_at = time.monotonic()

        def check(_: int) -> None:
            with pytest.raises(VerdictUnavailableError):
                verifier.verify(token_of("key_1"))

        list(pool.map(check, range(5)))
        assert time.monotonic() - started_at < 1.8


ISSUER = "https://keys.example"
PRIVATE_KEY = ec.generate_private_key(ec.SECP256R1())
PUBLISHED: dict[str, Any] = {**ECAlgorithm.to_jwk(PRIVATE_KEY.public_key(), as_dict=True), "kid": "k1"}


def token_of(key_id: str, lifetime: int = 300) -> str:
    now = int(time.time())
    about = {"project": "prj_1", "environment": "live", "externalId": None, "secret": "sec_1"}
    claims = {"iss": ISSUER, "sub": key_id, "aud": "badges", "iat": now, "exp": now + lifetime, "jti": key_id}
    header = {"typ": "at+jwt", "kid": "k1"}
    return jwt.encode({**claims, "latchkey": about}, PRIVATE_KEY, algorithm="ES256", headers=header)


def iso(ahead: float) -> str:
    return datetime.fromtimestamp(time.time() + ahead, timezone.utc).isoformat()


class Verifier:
    """A server with these keys, whose clock can be ahead, and which can lag. Its list of revocations has one key."""

    def __init__(self, keys: list[Any], lag: float = 0.0) -> None:
        self.ahead = 0.0
        self.answers = threading.Event()
        self.answers.set()
        self.redirects = False
        self.paths: list[str] = []
        outer = self
        entry = {"keyId": "key_revoked", "issuedBefore": None, "until": iso(900)}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.paths.append(self.path)
                if outer.redirects:
                    self.send_response(307)
                    self.send_header("Location", "/elsewhere")
                    self.end_headers()
                    return
                if self.path.startswith("/.well-known/jwks.json"):
                    answer: dict[str, Any] = {"keys": keys}
                else:
                    is_complete = "after=" not in self.path
                    # A request that waits for something new.
                    time.sleep(0 if is_complete else 0.05)
                    if not is_complete:
                        outer.answers.wait()
                    answer = {"complete": is_complete, "cursor": "a.1", "more": False, "asOf": iso(outer.ahead - lag)}
                    answer |= {"lagMs": lag * 1_000, "entries": [entry] if is_complete else []}
                content = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def code_of(verifier: AccessTokenVerifier, key_id: str, lifetime: int = 300) -> str:
    try:
        verifier.verify(token_of(key_id, lifetime))
    except AccessTokenDenied as denied:
        return denied.code
    return "VALID"


def test_after_a_clock_was_hours_ahead_tokens_are_accepted_again_and_revoked_ones_stay_denied() -> None:
    server = Verifier([PUBLISHED])
    server.ahead = 5 * 3600
    with AccessTokenVerifier(server.url, "t", ISSUER, "badges", on_error=lambda _: None) as verifier:
        assert code_of(verifier, "key_1") == "TOKEN_EXPIRED"
        server.ahead = 0
        deadline = time.monotonic() + 15
        while code_of(verifier, "key_1") != "VALID":
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert code_of(verifier, "key_revoked") == "TOKEN_REVOKED"
    server.close()


def test_a_service_whose_clock_is_behind_denies_a_token_that_ended_while_its_verifier_lagged() -> None:
    # The list has no entry for it anymore: the verifier forgot it when the token expired.
    server = Verifier([PUBLISHED], lag=4.0)

    def clock() -> float:
        return time.time() - 3600

    options: dict[str, Any] = {"on_error": lambda _: None, "clock": clock}
    with AccessTokenVerifier(server.url, "t", ISSUER, "badges", **options) as verifier:
        assert code_of(verifier, "key_1", lifetime=-1) == "TOKEN_EXPIRED"
        assert code_of(verifier, "key_1") == "VALID"
    server.close()


@pytest.mark.parametrize(
    ("monotonic", "wall"),
    [
        pytest.param(0.0, 3600.0, id="the machine slept"),
        pytest.param(10.0, -3600.0, id="time passed and the clock was set back"),
    ],
)
def test_after_a_sleep_no_token_is_accepted_until_a_verifier_was_asked_again(
    monotonic: float, wall: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = {"monotonic": 0.0, "wall": 0.0}

    def moment() -> access_tokens._Moment:
        return access_tokens._Moment(time.monotonic() + passed["monotonic"], time.time() + passed["wall"])

    monkeypatch.setattr(access_tokens, "_now", moment)
    server = Verifier([PUBLISHED])
    server.answers.clear()
    with AccessTokenVerifier(server.url, "t", ISSUER, "badges", on_error=lambda _: None) as verifier:
        assert code_of(verifier, "key_1") == "VALID"
        passed.update(monotonic=monotonic, wall=wall)
        with pytest.raises(VerdictUnavailableError):
            code_of(verifier, "key_1")
        server.answers.set()
        deadline = time.monotonic() + 15
        while True:
            try:
                assert code_of(verifier, "key_1") == "VALID"
                break
            except VerdictUnavailableError:
                assert time.monotonic() < deadline
                time.sleep(0.02)
    server.close()


def test_published_keys_that_cannot_be_imported_leave_the_others_usable() -> None:
    unusable = [
        {**PUBLISHED, "kid": "off the curve", "x": PUBLISHED["y"], "y": PUBLISHED["x"]},
        {**PUBLISHED, "kid": "too short", "x": "AA"},
        {**PUBLISHED, "kid": "no number", "x": 7},
        {"kty": "OKP", "crv": "Ed25519", "kid": "too long", "x": "A" * 80},
        {"kty": ["EC"], "crv": {}, "kid": "lists"},
        None,
        7,
    ]
    server = Verifier([*unusable, PUBLISHED])
    with AccessTokenVerifier(server.url, "t", ISSUER, "badges", on_error=lambda _: None) as verifier:
        assert code_of(verifier, "key_1") == "VALID"
    server.close()


def test_an_outage_is_logged_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    with AccessTokenVerifier("http://127.0.0.1:9", "t", ISSUER, "badges") as verifier:
        deadline = time.monotonic() + 15
        while verifier._current < 4:
            assert time.monotonic() < deadline
            time.sleep(0.02)
    assert [record.levelname for record in caplog.records if record.name == "latchkey"] == ["WARNING"]


@pytest.mark.parametrize("path", ["/api/v1/revocations", "/.well-known/jwks.json"])
@pytest.mark.parametrize("chunks", [(b" " * 65_536, 0.0, 1_000), (b" ", 0.05, 10_000)], ids=["large", "slow"])
def test_a_list_without_end_is_not_read_to_its_end(path: str, chunks: tuple[bytes, float, int]) -> None:
    chunk, pause, count = chunks
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(count):
            sent += 1
            time.sleep(pause)
            yield chunk

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == path:
            return httpx.Response(200, content=endless())
        if request.url.path == "/.well-known/jwks.json":
            return httpx.Response(200, json={"keys": [PUBLISHED]})
        time.sleep(0.02)
        complete = {"complete": True, "cursor": "a.1", "more": False, "asOf": iso(0), "lagMs": 0, "entries": []}
        return httpx.Response(200, json=complete)

    options: dict[str, Any] = {"on_error": lambda _: None, "transport": httpx.MockTransport(answer)}
    with AccessTokenVerifier("http://verifier", "t", ISSUER, "badges", **options) as verifier:
        with pytest.raises(VerdictUnavailableError):
            code_of(verifier, "key_1")
        deadline = time.monotonic() + 15
        while path == "/api/v1/revocations" and verifier._current == 0:
            assert time.monotonic() < deadline
            time.sleep(0.02)
    assert 0 < sent < count


def test_a_redirect_is_not_followed_and_environment_variables_name_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    errors: list[Exception] = []
    server = Verifier([PUBLISHED])
    server.redirects = True
    with (
        AccessTokenVerifier(server.url, "t", ISSUER, "badges", on_error=errors.append) as verifier,
        pytest.raises(VerdictUnavailableError),
    ):
        code_of(verifier, "key_1")
    server.close()
    assert "Redirects are not followed" in str(errors[0])
    assert "/elsewhere" not in server.paths
