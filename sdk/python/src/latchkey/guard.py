"""What a service does with a request, independent of any framework."""

from __future__ import annotations

import json
import logging
import math
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from .address import ProxySet, client_ip_of
from .error_log import ErrorLog
from .errors import VerdictUnavailableError
from .verdict import (
    AllowedVerdict,
    AsyncKeyVerifier,
    Check,
    DeniedVerdict,
    KeyVerifier,
    Outcome,
    QuotaState,
    RateLimitState,
    UnverifiedVerdict,
    status_of,
)

if TYPE_CHECKING:
    from typing_extensions import Unpack

_BEARER = re.compile(r"Bearer +(\S+)", re.IGNORECASE)
# Scheme and host of an absolute request target (RFC 9112, section 3.2.2), if all servers read them alike.
_SCHEME_AND_HOST = re.compile(
    r"https?://(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::[0-9]*)?(?=[/?]|\Z)", re.IGNORECASE | re.ASCII
)
_REALM = 'Bearer realm="API key"'
_PROBLEM: Mapping[str, str] = {"Content-Type": "application/problem+json", "Cache-Control": "no-store"}


@dataclass(frozen=True)
class ServiceRequest:
    """A request to the service."""

    method: str
    target: str
    """The request target as received, with or without query."""
    header: Callable[[str], str | None]
    """A header by its lower-case name; repeated headers joined with a comma."""
    remote_address: str | None = None
    """IP address of the peer that opened the connection; None where the platform doesn't say."""
    native: Any = None
    """The framework's own request: the ASGI scope, the WSGI environ, or the request of Django or FastAPI."""


class GuardOptions(TypedDict, total=False):
    """What every middleware takes."""

    operation: str | Callable[[ServiceRequest], str | None]
    """The operation being called, instead of method and path."""
    cost: int | Callable[[ServiceRequest], int]
    """Units that the request takes, 0 to 1,000. Default 1."""
    required_scopes: Sequence[str] | Callable[[ServiceRequest], Sequence[str] | None]
    """Scopes that the key must have, besides those that the API's operation needs. Default: none."""
    trusted_proxies: Iterable[str]
    """Addresses and networks of your own proxies. If the peer is one of them, the caller is the rightmost address of
    `X-Forwarded-For` that is not. Default: none, so that the header is ignored."""
    read_key: Callable[[ServiceRequest], str | None]
    """The key of a request. Default: `X-Api-Key`, else `Authorization: Bearer`."""
    on_error: Callable[[Exception], None]
    """Called for every request that is answered with 503. Default: logs the error, once a minute."""
    now: Callable[[], float]
    """Current time, epoch seconds. For tests."""


@dataclass(frozen=True)
class HttpResponse:
    """A response that the middleware gives instead of the service."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Pass:
    """The service handles the request. `verdict` is None for a CORS preflight, which carries no key."""

    verdict: AllowedVerdict | None
    headers: Mapping[str, str] = field(default_factory=dict)
    passes: Literal[True] = True


@dataclass(frozen=True)
class Deny:
    """The caller gets `response`."""

    response: HttpResponse
    passes: Literal[False] = False


Decision: TypeAlias = Pass | Deny


class _Rules:
    """The part that both guards share."""

    def __init__(self, options: GuardOptions) -> None:
        unknown = options.keys() - GuardOptions.__annotations__.keys()
        if unknown:
            raise TypeError(f"Latchkey: unknown options: {', '.join(sorted(unknown))}.")
        self._operation = options.get("operation")
        self._cost = options.get("cost")
        self._required_scopes = options.get("required_scopes")
        self._trusted = ProxySet(options.get("trusted_proxies", ()))
        self._read_key = options.get("read_key", key_of)
        self._now = options.get("now", time.time)
        self._on_error = options.get("on_error") or ErrorLog(logging.ERROR, "A request was answered with 503: %s")

    def check_of(self, request: ServiceRequest) -> Check | None:
        """What to ask. None for a CORS preflight, which passes."""
        key = self._read_key(request)
        if not key and _is_preflight(request):
            return None
        operation = self._operation(request) if callable(self._operation) else self._operation
        return Check(
            key=key,
            operation=operation,
            method=request.method if operation is None else None,
            path=_path_of(request.target) if operation is None else None,
            client_ip=client_ip_of(request.remote_address, request.header("x-forwarded-for"), self._trusted),
            referrer=request.header("referer"),
            origin=request.header("origin"),
            android_package=request.header("x-android-package"),
            android_cert_sha1=request.header("x-android-cert"),
            ios_bundle_id=request.header("x-ios-bundle-identifier"),
            required_scopes=(
                self._required_scopes(request) if callable(self._required_scopes) else self._required_scopes
            ),
            cost=self._cost(request) if callable(self._cost) else self._cost,
        )

    def decide(self, outcome: Outcome) -> Decision:
        now = self._now()
        if isinstance(outcome, DeniedVerdict):
            return Deny(denial_response(outcome, now))
        if isinstance(outcome, UnverifiedVerdict):
            return Pass(outcome)
        return Pass(outcome, _limit_headers(outcome.rate_limit, outcome.quota, now))

    def without_verdict(self, error: Exception) -> Decision:
        self._on_error(error)
        return Deny(_unavailable_response(error))


class Guard:
    """Decides about requests, for frameworks without a middleware here. It never raises."""

    def __init__(self, verifier: KeyVerifier, **options: Unpack[GuardOptions]) -> None:
        self._verifier = verifier
        self._rules = _Rules(options)

    def decide(self, request: ServiceRequest) -> Decision:
        try:
            check = self._rules.check_of(request)
            return Pass(None) if check is None else self._rules.decide(self._verifier.verify(check))
        except Exception as error:
            return self._rules.without_verdict(error)


class AsyncGuard:
    """As `Guard`, for asyncio."""

    def __init__(self, verifier: AsyncKeyVerifier, **options: Unpack[GuardOptions]) -> None:
        self._verifier = verifier
        self._rules = _Rules(options)

    async def decide(self, request: ServiceRequest) -> Decision:
        try:
            check = self._rules.check_of(request)
            return Pass(None) if check is None else self._rules.decide(await self._verifier.verify(check))
        except Exception as error:
            return self._rules.without_verdict(error)


def key_of(request: ServiceRequest) -> str | None:
    """`X-Api-Key`, else the token of `Authorization: Bearer` (RFC 6750, section 2.1)."""
    key = (request.header("x-api-key") or "").strip()
    if key:
        return key
    match = _BEARER.fullmatch(request.header("authorization") or "")
    return match[1] if match else None


def denial_response(verdict: DeniedVerdict, now: float) -> HttpResponse:
    """The response to a denied request at `now` (epoch seconds).

    401, 403 or 429 with a problem (RFC 9457), `WWW-Authenticate` (RFC 6750), `Retry-After`, and `RateLimit` (IETF
    httpapi draft) where a limit is set.
    """
    status = status_of(verdict.code)
    headers = {
        **_PROBLEM,
        "X-Request-Id": verdict.request_id,
        **_limit_headers(verdict.rate_limit, verdict.quota, now),
    }
    challenge = _challenge(verdict.code, status)
    if challenge:
        headers["WWW-Authenticate"] = challenge
    if verdict.retry_after_ms is not None:
        headers["Retry-After"] = _seconds(max(1, verdict.retry_after_ms))
    body = {
        "type": "about:blank",
        "title": _title(verdict.code, status),
        "status": status,
        "detail": verdict.message,
        "code": verdict.code,
        "requestId": verdict.request_id,
        "observed": verdict.observed,
    }
    return HttpResponse(status, headers, json.dumps(body).encode())


def _unavailable_response(error: Exception) -> HttpResponse:
    """The response when there is no verdict. It says nothing about the reason, which is the service's own matter."""
    headers = dict(_PROBLEM)
    if isinstance(error, VerdictUnavailableError):
        headers["Retry-After"] = "1"
    body = {
        "type": "about:blank",
        "title": "API keys can't be verified",
        "status": 503,
        "detail": "The service can't verify API keys right now. Try again later.",
    }
    return HttpResponse(503, headers, json.dumps(body).encode())


def _path_of(target: str) -> str:
    """The path without the query.

    Any target that routers could split in another way stays as it is, also its fragment: then it matches no operation.
    """
    match = _SCHEME_AND_HOST.match(target)
    path = target[match.end() :] if match else target
    return path.split("?", 1)[0] or "/"


def _is_preflight(request: ServiceRequest) -> bool:
    """A browser's CORS preflight (Fetch standard). It never carries a key, and the service answers it."""
    return (
        request.method == "OPTIONS"
        and bool(request.header("origin"))
        and bool(request.header("access-control-request-method"))
    )


def _challenge(code: str, status: int) -> str | None:
    """RFC 6750, section 3: no error code for a request without credentials."""
    if code == "KEY_MISSING":
        return _REALM
    if status == 401:
        return f'{_REALM}, error="invalid_token", error_description="{code}"'
    if code == "SCOPE_NOT_GRANTED":
        return f'{_REALM}, error="insufficient_scope", error_description="{code}"'
    return None


def _title(code: str, status: int) -> str:
    if code == "KEY_MISSING":
        return "API key required"
    return {401: "Invalid API key", 403: "Request not allowed", 429: "Too many requests"}[status]


def _limit_headers(rate_limit: RateLimitState | None, quota: QuotaState | None, now: float) -> dict[str, str]:
    """IETF httpapi draft: `"default"` is a rate, `"quota"` a quota, and a limit of a plan has its own name."""
    policies, states = [], []
    if rate_limit is not None:
        name = rate_limit.policy.name if rate_limit.policy else "default"
        policies.append(f'"{name}";q={rate_limit.limit};w={rate_limit.window_seconds}')
        states.append(f'"{name}";r={rate_limit.remaining};t={_seconds(rate_limit.reset_ms)}')
    if quota is not None:
        start, end = _period_at(quota.period, now)
        name = quota.policy.name if quota.policy else "quota"
        policies.append(f'"{name}";q={quota.limit};w={round(end - start)}')
        states.append(f'"{name}";r={quota.remaining};t={math.ceil(end - now)}')
    return {"RateLimit-Policy": ", ".join(policies), "RateLimit": ", ".join(states)} if policies else {}


def _period_at(period: Literal["day", "month"], now: float) -> tuple[float, float]:
    """Start of the calendar period (UTC) that contains `now`, and start of the next one. Epoch seconds."""
    today = datetime.fromtimestamp(now, timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
    if period == "day":
        return today.timestamp(), (today + timedelta(days=1)).timestamp()
    start = today.replace(day=1)
    return start.timestamp(), (start + timedelta(days=32)).replace(day=1).timestamp()


def _seconds(ms: int) -> str:
    """Whole seconds for a header, rounded up: waiting that long is always long enough."""
    return str(-(-ms // 1_000))
