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

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        request_id = problem.get("requestId")
        request = f" ({request_id})" if request_id else ""
        super().__init__(" ".join([f"Latchkey answered {status}{request}.", *_reasons(problem)]))
        self.status = status
        self.problem = problem


def _reasons(problem: Mapping[str, Any]) -> list[str]:
    errors = problem.get("errors")
    fields = [
        f"{error.get('path')}: {error.get('message')}"
        for error in (errors if isinstance(errors, list) else [])
        if isinstance(error, dict)
    ]
    detail = problem.get("detail")
    return [detail, *fields] if isinstance(detail, str) else fields
