"""Why there is no verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class VerdictUnavailableError(Exception):
    """No verifier gave a verdict in time. Answer the caller with 503, unless your service decides otherwise."""


class ConfigurationError(Exception):
    """Latchkey rejected the service's own request: wrong service token, unknown API, malformed check.

    It is never retried. `status` is the HTTP status, `problem` the body of the answer (RFC 9457).
    """

    def __init__(self, status: int, problem: Mapping[str, Any], origin: str | None = None) -> None:
        """`origin` is where the request was sent to, for the message."""
        who = f"Latchkey at {origin}" if origin else "Latchkey"
        request_id = problem.get("requestId")
        request = f" ({request_id})" if request_id else ""
        super().__init__(" ".join([f"{who} answered {status}{request}.", *reasons_of(status, problem, "Verifiers")]))
        self.status = status
        self.problem = problem


def reasons_of(status: int, problem: Mapping[str, Any], servers: str) -> list[str]:
    """What an answer says, or what its absence means; `servers` is who should have answered."""
    if 300 <= status < 400:
        return ["Redirects are not followed: use the URL that it leads to."]
    reason = problem.get("detail") or problem.get("title")
    if not isinstance(reason, str):
        return [f"{servers} don't answer like this: check the URL."]
    errors = problem.get("errors")
    fields = [
        f"{error.get('path')}: {error.get('message')}"
        for error in (errors if isinstance(errors, list) else [])
        if isinstance(error, dict)
    ]
    return [reason, *fields]
