"""What a service asks about a request, and what it gets as an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

Environment: TypeAlias = Literal["live", "test"]

CREDENTIAL_PREFIX = "KEY_"
LIMIT_CODES = frozenset({"RATE_LIMITED", "QUOTA_EXCEEDED"})


@dataclass(frozen=True, kw_only=True)
class Check:
    """What a service asks about one request. None and "" mean "not sent"."""

    key: str | None = None
    """The key as the caller sent it."""
    api: str | None = None
    """Slug of the API being called. Default: the `api` of the client."""
    operation: str | None = None
    """The operation being called. Otherwise send `method` and `path`."""
    method: str | None = None
    path: str | None = None
    """Path of the request as received, without the query."""
    client_ip: str | None = None
    """The caller's IP address, with or without port. Never a value that the caller can write."""
    referrer: str | None = None
    origin: str | None = None
    android_package: str | None = None
    android_cert_sha1: str | None = None
    ios_bundle_id: str | None = None
    required_scopes: Sequence[str] | None = None
    """Scopes that the key must have, besides those that the API's operation needs."""
    cost: int | None = None
    """Units to take from rate limits and quotas: 0 to 1,000, default 1. 0 verifies without consuming."""


@dataclass(frozen=True, kw_only=True)
class LimitPolicy:
    """The plan that a limit belongs to, and the name of the limit."""

    plan: str
    name: str


@dataclass(frozen=True, kw_only=True)
class RateLimitState:
    """The state of a rate limit: at most `limit` units in any span of `window_seconds`."""

    limit: int
    window_seconds: int
    remaining: int
    reset_ms: int
    """How long until the oldest used units become available again, ms."""
    policy: LimitPolicy | None = None
    """Set if the limit belongs to a plan."""


@dataclass(frozen=True, kw_only=True)
class QuotaState:
    """The state of a quota: at most `limit` units in a calendar period, UTC."""

    limit: int
    period: Literal["day", "month"]
    remaining: int
    reset_at: str
    """End of the period, ISO 8601, UTC."""
    policy: LimitPolicy | None = None
    """Set if the quota belongs to a plan."""


@dataclass(frozen=True, kw_only=True)
class Rotation:
    """The secret is being replaced."""

    lapses_at: str
    """When it stops working, ISO 8601, UTC."""


@dataclass(frozen=True, kw_only=True)
class ValidVerdict:
    """The key may pass."""

    valid: Literal[True] = True
    code: Literal["VALID"] = "VALID"
    request_id: str
    key_id: str
    secret_id: str
    project_id: str
    name: str
    """Name of the key."""
    environment: Environment
    api: str
    operation: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    tags: Sequence[str] = ()
    external_id: str | None = None
    """The ID of the customer, tenant or app in the API provider's own system."""
    scopes: Sequence[str] = ()
    """The scopes that the key has for the API: all that the API declares unless it is limited to some."""
    expires_at: str | None = None
    """ISO 8601, UTC."""
    rotation: Rotation | None = None
    rate_limit: RateLimitState | None = None
    quota: QuotaState | None = None


@dataclass(frozen=True, kw_only=True)
class DeniedVerdict:
    """The key may not pass."""

    valid: Literal[False] = False
    code: str
    """One of the codes in docs/integrate/verify-keys.md. Treat an unknown code as a denial with 403."""
    message: str
    """One sentence that says what the caller's developer can do."""
    request_id: str
    observed: Mapping[str, str] = field(default_factory=dict)
    """The values that the rule checked."""
    key_id: str | None = None
    project_id: str | None = None
    name: str | None = None
    environment: Environment | None = None
    retry_after_ms: int | None = None
    """For a limit: how long until the same request would pass, ms."""
    rate_limit: RateLimitState | None = None
    quota: QuotaState | None = None


@dataclass(frozen=True, kw_only=True)
class UnverifiedVerdict:
    """A request that `on_unavailable` let through without a verdict. It is not counted."""

    valid: Literal[True] = True
    code: Literal["UNVERIFIED"] = "UNVERIFIED"
    reason: str
    """Why there is no verdict."""


Verdict: TypeAlias = ValidVerdict | DeniedVerdict
AllowedVerdict: TypeAlias = ValidVerdict | UnverifiedVerdict
Outcome: TypeAlias = ValidVerdict | DeniedVerdict | UnverifiedVerdict


class KeyVerifier(Protocol):
    """Anything that verifies keys: the client, or a fake in tests."""

    def verify(self, check: Check) -> Outcome:
        """The verdict on a check. Raises `VerdictUnavailableError` or `ConfigurationError` if there is none."""


class AsyncKeyVerifier(Protocol):
    """As `KeyVerifier`, for asyncio."""

    async def verify(self, check: Check) -> Outcome:
        """The verdict on a check. Raises `VerdictUnavailableError` or `ConfigurationError` if there is none."""


def status_of(code: str) -> Literal[401, 403, 429]:
    """The HTTP status with which a service answers a denied request."""
    if code in LIMIT_CODES:
        return 429
    return 401 if code.startswith(CREDENTIAL_PREFIX) else 403


def parse_verdict(value: object) -> Verdict | None:
    """The verdict in an answer of a verifier. None for anything else."""
    if not isinstance(value, dict):
        return None
    code = value.get("code")
    if not isinstance(code, str):
        return None
    if value.get("valid") is True and code == "VALID":
        return _valid(value)
    if value.get("valid") is False and code != "VALID":
        return _denied(value, code)
    return None


def _valid(value: Mapping[str, Any]) -> ValidVerdict:
    rotation = value.get("rotation")
    return ValidVerdict(
        request_id=_text(value, "requestId") or "",
        key_id=_text(value, "keyId") or "",
        secret_id=_text(value, "secretId") or "",
        project_id=_text(value, "projectId") or "",
        name=_text(value, "name") or "",
        environment="live" if value.get("environment") == "live" else "test",
        api=_text(value, "api") or "",
        operation=_text(value, "operation"),
        metadata=_mapping(value, "metadata"),
        description=_text(value, "description") or "",
        tags=_texts(value, "tags"),
        external_id=_text(value, "externalId"),
        scopes=_texts(value, "scopes"),
        expires_at=_text(value, "expiresAt"),
        rotation=Rotation(lapses_at=_text(rotation, "lapsesAt") or "") if isinstance(rotation, dict) else None,
        rate_limit=_rate_limit(value),
        quota=_quota(value),
    )


def _denied(value: Mapping[str, Any], code: str) -> DeniedVerdict:
    environment = value.get("environment")
    retry_after_ms = value.get("retryAfterMs")
    return DeniedVerdict(
        code=code,
        message=_text(value, "message") or "",
        request_id=_text(value, "requestId") or "",
        observed=_mapping(value, "observed"),
        key_id=_text(value, "keyId"),
        project_id=_text(value, "projectId"),
        name=_text(value, "name"),
        environment=environment if environment in ("live", "test") else None,
        retry_after_ms=retry_after_ms if isinstance(retry_after_ms, int) else None,
        rate_limit=_rate_limit(value),
        quota=_quota(value),
    )


def _text(value: Mapping[str, Any], name: str) -> str | None:
    text = value.get(name)
    return text if isinstance(text, str) else None


def _texts(value: Mapping[str, Any], name: str) -> tuple[str, ...]:
    texts = value.get(name)
    return tuple(text for text in texts if isinstance(text, str)) if isinstance(texts, list) else ()


def _mapping(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    mapping = value.get(name)
    return mapping if isinstance(mapping, dict) else {}


def _policy(state: Mapping[str, Any]) -> LimitPolicy | None:
    policy = _mapping(state, "policy")
    plan, name = _text(policy, "plan"), _text(policy, "name")
    return None if plan is None or name is None else LimitPolicy(plan=plan, name=name)


def _rate_limit(value: Mapping[str, Any]) -> RateLimitState | None:
    state = _mapping(value, "rateLimit")
    numbers = [state.get(name) for name in ("limit", "windowSeconds", "remaining", "resetMs")]
    if not all(isinstance(number, int) for number in numbers):
        return None
    return RateLimitState(
        limit=state["limit"],
        window_seconds=state["windowSeconds"],
        remaining=state["remaining"],
        reset_ms=state["resetMs"],
        policy=_policy(state),
    )


def _quota(value: Mapping[str, Any]) -> QuotaState | None:
    state = _mapping(value, "quota")
    numbers = [state.get(name) for name in ("limit", "remaining")]
    period = state.get("period")
    if not all(isinstance(number, int) for number in numbers) or period not in ("day", "month"):
        return None
    return QuotaState(
        limit=state["limit"],
        period=period,
        remaining=state["remaining"],
        reset_at=_text(state, "resetAt") or "",
        policy=_policy(state),
    )
