"""Verifiers for the tests of a service."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, TypeAlias

from .errors import VerdictUnavailableError
from .verdict import LIMIT_CODES, Check, DeniedVerdict, Outcome, ValidVerdict

FakeKey: TypeAlias = str | Mapping[str, Any]
"""What a fake answers for one key: a code to deny with, or fields of a valid verdict."""


class _Fake:
    """`keys` maps the text that a caller sends to what is answered. Any other key is `KEY_NOT_FOUND`."""

    def __init__(self, keys: Mapping[str, FakeKey] | None = None) -> None:
        self.checks: list[Check] = []
        """Every check, oldest first."""
        self.is_unavailable = False
        """Set to True to fail as if no verifier could be reached."""
        self._keys = dict(keys or {})

    def _answer(self, check: Check) -> Outcome:
        self.checks.append(check)
        if self.is_unavailable:
            raise VerdictUnavailableError("The fake is unavailable.")
        request_id = f"req_fake{len(self.checks)}"
        if not check.key:
            return _denied("KEY_MISSING", request_id)
        fake = self._keys.get(check.key, "KEY_NOT_FOUND")
        return _denied(fake, request_id) if isinstance(fake, str) else _valid(fake, check, request_id)


class FakeLatchkey(_Fake):
    """Verifies keys from a list instead of asking a verifier."""

    def verify(self, check: Check) -> Outcome:
        return self._answer(check)


class AsyncFakeLatchkey(_Fake):
    """As `FakeLatchkey`, for asyncio."""

    async def verify(self, check: Check) -> Outcome:
        return self._answer(check)


def _denied(code: str, request_id: str) -> DeniedVerdict:
    retry_after_ms = 1_000 if code in LIMIT_CODES else None
    message = f"The fake denies with {code}."
    return DeniedVerdict(code=code, message=message, request_id=request_id, retry_after_ms=retry_after_ms)


def _valid(fake: Mapping[str, Any], check: Check, request_id: str) -> ValidVerdict:
    verdict = ValidVerdict(
        request_id=request_id,
        key_id="key_fake",
        secret_id="sec_fake",
        project_id="prj_fake",
        name="fake key",
        environment="test",
        api=check.api or "fake",
        operation=check.operation,
    )
    return dataclasses.replace(verdict, **fake)
