"""Verifies access tokens without a request for each. It needs the extra `tokens`."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Literal, NamedTuple, TypeAlias
from urllib.parse import urlencode

import httpx
import jwt

from .bounded_read import Remaining, read_body
from .connection_options import base_urls, check_token, origin_of
from .error_log import ErrorLog
from .errors import ConfigurationError, VerdictUnavailableError
from .transport import DeadlineTransport

_DEFAULT_MAX_DELAY = 5.0
_MIN_MAX_DELAY = 3.0
_TIMEOUT = 1.0
_WAIT_SECONDS = 2
"""A request for revocations waits this long for one. Without an answer for longer, the connection may be broken."""
_RETRY_SECONDS = 0.2
_KEYS_REFRESH = 300.0
_KEYS_MIN_REFRESH = 10.0
"""An unknown key id in a token makes the keys be read again, but not more often: anyone can send one."""
_MAX_TOKEN_LENGTH = 16_384
_MAX_ANSWER_BYTES = 4 * 1024 * 1024
_CLOCK_STEP = 5.0
"""A verifier's clock that falls back by more than this was ahead before. A slow answer explains less."""
_ALGORITHMS = {("EC", "P-256"): "ES256", ("OKP", "Ed25519"): "EdDSA"}
_REQUIRED = ["iss", "sub", "aud", "iat", "exp", "jti"]

Subject: TypeAlias = tuple[str | None, str | None, str | None, str | None]
DenialReason: TypeAlias = Literal["TOKEN_INVALID", "TOKEN_EXPIRED", "TOKEN_REVOKED", "SCOPE_NOT_GRANTED"]


class AccessTokenDenied(Exception):
    """The token is denied. Answer the caller with 401, and with 403 for `SCOPE_NOT_GRANTED`."""

    def __init__(self, code: DenialReason, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class AccessToken:
    """A verified access token."""

    key_id: str
    project_id: str
    environment: str
    external_id: str | None
    scopes: tuple[str, ...]
    claims: Mapping[str, Any]


class _Moment(NamedTuple):
    """A moment by both clocks of the machine, in seconds.

    The monotonic one never jumps, and may stop while the machine sleeps. The other goes on, and can be set.
    """

    monotonic: float
    wall: float

    def since(self, earlier: _Moment) -> float:
        """How long ago `earlier` was: the longer time if the clocks disagree."""
        return max(self.monotonic - earlier.monotonic, self.wall - earlier.wall)

    def shifted(self, seconds: float) -> _Moment:
        return _Moment(self.monotonic + seconds, self.wall + seconds)


_NEVER = _Moment(float("-inf"), float("-inf"))


def _now() -> _Moment:
    return _Moment(time.monotonic(), time.time())


class _Revocations:
    """The list of revocations, and how old it is: it has all of them before `confirmed_at`."""

    def __init__(self) -> None:
        self.cursor: str | None = None
        self.confirmed_at = _NEVER
        self._entries: dict[Subject, Mapping[str, Any]] = {}
        self._incoming: dict[Subject, Mapping[str, Any]] | None = None
        self._epoch = float("-inf")

    def server_time(self, now: _Moment) -> float:
        """Seconds since the epoch by the verifier's clock, or earlier: by as much as the machine slept since."""
        return self._epoch + now.monotonic

    def apply(self, answer: Mapping[str, Any], sent_at: _Moment, received_at: _Moment) -> None:
        """Takes over the answer to a request that was sent and received at these moments."""
        if answer["complete"]:
            self._incoming = {}
        # A copy, because other threads read the entries meanwhile.
        target = dict(self._entries) if self._incoming is None else self._incoming
        for entry in answer["entries"]:
            target[_subject(entry)] = entry
        if answer["more"]:
            if self._incoming is None:
                self._entries = target
            self.cursor = answer["cursor"]
            return
        lag = answer["lagMs"] / 1_000
        # The time of the answer, not `asOf`: entries that were over by then are not listed.
        epoch = _seconds(answer["asOf"]) + lag - received_at.monotonic
        if self._incoming is None and epoch < self._epoch - _CLOCK_STEP:
            # The verifier's clock was ahead, and entries were forgotten too early: all of them are read again.
            self._entries, self.cursor = target, None
            return
        self._epoch = max(self._epoch, epoch) if self._incoming is None else epoch
        now = self.server_time(received_at)
        self._entries = {about: entry for about, entry in target.items() if _seconds(entry["until"]) >= now}
        self._incoming = None
        self.confirmed_at = sent_at.shifted(-lag)
        self.cursor = answer["cursor"]

    def has(self, claims: Mapping[str, Any]) -> bool:
        """Whether a token with these claims is revoked."""
        key, about = claims["sub"], claims["latchkey"]
        for subject in (
            (key, None, None, None),
            (key, about["secret"], None, None),
            (None, None, about["project"], None),
            (None, None, None, claims["jti"]),
        ):
            entry = self._entries.get(subject)
            if entry is None:
                continue
            before = entry["issuedBefore"]
            if before is None or claims["iat"] < _seconds(before):
                return True
        return False


class AccessTokenVerifier:
    """Verifies access tokens, and follows the list of revocations in a thread.

    A token of a revoked key is denied within a second. `verify` may be called from several threads, and from `async`
    code: it waits for the network only at the start and for an unknown public key, a second at most. Create one for
    each process (after a fork), and `close` it at the end.

    `url` is the base URL of the verifier, or of several, nearest first; `token` the service token; `issuer` the
    portal's URL (`LATCHKEY_URL`); `api` the slug of the API. If no verifier has answered about revocations for
    `max_delay` seconds, in which the machine may have slept, `verify` raises `VerdictUnavailableError`. Raises
    `ValueError` for options that can't work.
    """

    def __init__(
        self,
        url: str | Iterable[str],
        token: str,
        issuer: str,
        api: str,
        *,
        max_delay: float = _DEFAULT_MAX_DELAY,
        on_error: Callable[[Exception], None] | None = None,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._urls = base_urls(url)
        check_token(token, "service token")
        if not issuer or not api:
            raise ValueError("Latchkey: give issuer and api.")
        if max_delay < _MIN_MAX_DELAY:
            raise ValueError(f"Latchkey: max_delay must be at least {_MIN_MAX_DELAY}.")
        self._token, self._issuer, self._api = token, issuer, api
        self._max_delay, self._clock = max_delay, clock
        self._on_error = on_error or ErrorLog(logging.WARNING, "Revocations can't be read: %s")
        self._lock = threading.Lock()
        self._revocations = _Revocations()
        self._current = 0
        self._keys: dict[str, tuple[str, Any]] | None = None
        self._keys_read_at = _NEVER
        self._reading_keys = threading.Lock()
        self._first = threading.Event()
        self._closed = threading.Event()
        # A redirect would hand the token to another server.
        self._http = httpx.Client(transport=transport or DeadlineTransport(), follow_redirects=False, trust_env=False)
        threading.Thread(target=self._follow, name="latchkey-revocations", daemon=True).start()

    def verify(self, token: str, scopes: Iterable[str] = ()) -> AccessToken:
        """The verified token. Raises `AccessTokenDenied`, and `VerdictUnavailableError` while keys or revocations are
        not known."""
        self._first.wait(_TIMEOUT)
        claims = self._claims(token)
        # After every wait, so that nothing is decided by what was known before it.
        with self._lock:
            moment = _now()
            age = moment.since(self._revocations.confirmed_at)
            if self._closed.is_set() or age > self._max_delay:
                raise VerdictUnavailableError("It is not known which access tokens are revoked.")
            # A clock that is behind must not accept tokens whose revocation verifiers have forgotten.
            now = max(self._clock(), self._revocations.server_time(moment))
            is_revoked = self._revocations.has(claims)
        if now >= claims["exp"]:
            raise AccessTokenDenied("TOKEN_EXPIRED", "The access token has expired.")
        if is_revoked:
            raise AccessTokenDenied("TOKEN_REVOKED", "The access token was revoked.")
        granted = tuple(str(claims.get("scope", "")).split())
        for scope in scopes:
            if scope not in granted:
                raise AccessTokenDenied("SCOPE_NOT_GRANTED", f"The access token lacks the scope {scope}.")
        about = claims["latchkey"]
        return AccessToken(
            claims["sub"], about["project"], about["environment"], about.get("externalId"), granted, claims
        )

    def close(self) -> None:
        """Stops reading revocations, within seconds. `verify` raises from now on."""
        self._closed.set()

    def __enter__(self) -> AccessTokenVerifier:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _claims(self, token: str) -> Mapping[str, Any]:
        """The claims of a token that the issuer signed for this API. Whether it has expired is checked later."""
        invalid = AccessTokenDenied("TOKEN_INVALID", "This is not an access token for this API.")
        if len(token) > _MAX_TOKEN_LENGTH:
            raise invalid
        try:
            header = jwt.get_unverified_header(token)
        except jwt.PyJWTError:
            raise invalid from None
        kind = str(header.get("typ")).lower().removeprefix("application/")
        found = self._key_of(header.get("kid")) if kind == "at+jwt" and "crit" not in header else None
        if found is None:
            raise invalid
        algorithm, key = found
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                audience=self._api,
                issuer=self._issuer,
                options={"require": _REQUIRED, "verify_exp": False, "verify_iat": False, "strict_aud": True},
            )
        except jwt.PyJWTError:
            raise invalid from None
        about = claims.get("latchkey")
        is_complete = isinstance(about, dict) and all(isinstance(about.get(name), str) for name in _ABOUT)
        is_timed = all(isinstance(claims[name], int) for name in ("iat", "exp"))
        if not is_complete or not is_timed or not isinstance(claims.get("scope", ""), str):
            raise invalid
        return claims

    def _key_of(self, key_id: object) -> tuple[str, Any] | None:
        if not isinstance(key_id, str):
            return None
        found = (self._keys or {}).get(key_id)
        age = _now().since(self._keys_read_at)
        if found is not None and age <= _KEYS_REFRESH:
            return found
        remaining = Remaining(_TIMEOUT)
        # With a known key, nobody waits for another thread that reads them.
        if not self._reading_keys.acquire(blocking=found is None, timeout=_TIMEOUT if found is None else -1):
            if self._keys is None:
                raise VerdictUnavailableError("The keys of access tokens can't be read.")
            return found
        try:
            self._read_keys(key_id, remaining)
        finally:
            self._reading_keys.release()
        return (self._keys or {}).get(key_id)

    def _read_keys(self, key_id: str, remaining: Remaining) -> None:
        """Reads the keys, unless another thread has done so. Raises if there are none."""
        age = _now().since(self._keys_read_at)
        if self._keys is not None and age <= (_KEYS_REFRESH if key_id in self._keys else _KEYS_MIN_REFRESH):
            return
        try:
            answer = self._get("/.well-known/jwks.json", remaining)
            keys = {}
            for jwk in answer["keys"]:
                found = _imported(jwk)
                if found is not None:
                    keys[jwk["kid"]] = found
        except Exception as error:
            # Those in memory still verify.
            if self._keys is None:
                raise VerdictUnavailableError("The keys of access tokens can't be read.") from error
            self._keys_read_at = _now()
            return
        self._keys, self._keys_read_at = keys, _now()

    def _follow(self) -> None:
        # Closed by the thread that uses it: a request that is under way keeps its connection until then.
        with self._http:
            while not self._closed.is_set():
                try:
                    self._read_next()
                except Exception as error:
                    if self._closed.is_set():
                        return
                    self._on_error(error)
                    self._current += 1
                    self._closed.wait(_RETRY_SECONDS)

    def _read_next(self) -> None:
        cursor = self._revocations.cursor
        query = "" if cursor is None else f"?{urlencode({'wait': _WAIT_SECONDS, 'after': cursor})}"
        sent_at = _now()
        remaining = Remaining(_WAIT_SECONDS + _TIMEOUT)
        answer = self._get(f"/api/v1/revocations{query}", remaining, f"Bearer {self._token}")
        with self._lock:
            self._revocations.apply(answer, sent_at, _now())
        if not answer["more"]:
            self._first.set()

    def _get(self, path: str, remaining: Remaining, authorization: str | None = None) -> Any:
        """The JSON that the current verifier answers in the remaining time."""
        url = self._urls[self._current % len(self._urls)]
        headers = {"Accept": "application/json"}
        if authorization is not None:
            headers["Authorization"] = authorization
        request = self._http.stream("GET", f"{url}{path}", headers=headers, extensions={"timeout": remaining})
        with request as response:
            body = read_body(response, _MAX_ANSWER_BYTES, remaining)
        if response.status_code == httpx.codes.OK:
            return json.loads(body)
        try:
            problem = json.loads(body)
        except ValueError:
            problem = {}
        raise ConfigurationError(response.status_code, problem if isinstance(problem, dict) else {}, origin_of(url))


_ABOUT = ("project", "environment", "secret")


def _imported(jwk: Any) -> tuple[str, Any] | None:
    """The algorithm and key; None if this version can't use or import it: others still verify."""
    if not isinstance(jwk, dict) or not isinstance(jwk.get("kid"), str):
        return None
    kty, crv = jwk.get("kty"), jwk.get("crv")
    if not isinstance(kty, str) or not isinstance(crv, str):
        return None
    algorithm = _ALGORITHMS.get((kty, crv))
    if algorithm is None:
        return None
    try:
        return algorithm, jwt.PyJWK(jwk, algorithm).key
    except Exception:
        return None


def _subject(entry: Mapping[str, Any]) -> Subject:
    return (entry.get("keyId"), entry.get("secretId"), entry.get("projectId"), entry.get("jti"))


def _seconds(text: str) -> float:
    """ISO 8601 in UTC as seconds since the epoch."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
