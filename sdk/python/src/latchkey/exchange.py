"""Which verifier is asked, and when again. Without input and output, so that both clients share it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .circuit_breaker import CircuitBreaker, Permit
from .connection_options import origin_of
from .errors import ConfigurationError, VerdictUnavailableError
from .verdict import Verdict, parse_verdict

TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that another verifier, or the same one later, may not give."""
MAX_ANSWER_BYTES = 1024 * 1024


class AttemptError(Exception):
    """A failed attempt. If it neither timed out nor was answered, the same verifier may answer at once."""

    def __init__(self, message: str, *, may_repeat: bool = False) -> None:
        super().__init__(message)
        self.may_repeat = may_repeat


class Verifier:
    """One verifier of the list."""

    def __init__(self, url: str) -> None:
        self.url = url + "/api/v1/keys/verify"
        self.origin = origin_of(url)
        """Its name in messages."""
        self.breaker = CircuitBreaker()


@dataclass(frozen=True)
class Attempt:
    """A request to send to `verifier`, whose whole answer must be there within `timeout` seconds."""

    verifier: Verifier
    timeout: float
    permit: Permit

    def timed_out(self) -> AttemptError:
        return AttemptError(f"The verifier at {self.verifier.origin} did not answer in time.")

    def unreachable(self, cause: Exception) -> AttemptError:
        return AttemptError(f"The verifier at {self.verifier.origin} can't be reached: {cause}", may_repeat=True)

    def too_large(self) -> AttemptError:
        return AttemptError(f"The answer of the verifier at {self.verifier.origin} is too large.")


class Exchange:
    """One check: the first attempt, and a second one if the first fails.

    Send what `first` returns and pass the answer to `read`, or the error to `retry`. Every attempt must end with
    `read`, `failed` or `abandoned`.
    """

    def __init__(self, verifiers: Sequence[Verifier], *, timeout: float, clock: Callable[[], float]) -> None:
        self._timeout = timeout
        self._clock = clock
        self._ends_at = clock() + timeout
        self._usable = [verifier for verifier in verifiers if verifier.breaker.allows(clock())]
        # Both attempts carry one key: a verifier that already counted the first doesn't count the second.
        self.idempotency_key = str(uuid.uuid4())

    def first(self) -> Attempt:
        """Raises `VerdictUnavailableError` if no verifier may be asked."""
        while self._usable:
            verifier = self._usable[0]
            permit = verifier.breaker.begin(self._clock())
            if permit:
                # Half of the time, so that the other verifier still has a chance to answer.
                return Attempt(verifier, self._timeout / 2 if len(self._usable) > 1 else self._timeout, permit)
            # Another thread tries this verifier right now.
            self._usable.pop(0)
        raise VerdictUnavailableError("Every verifier failed recently.")

    def retry(self, failed: Attempt, error: AttemptError) -> Attempt:
        """The second attempt. Raises `VerdictUnavailableError` if there is none."""
        other = self._usable[1] if len(self._usable) > 1 else None
        second = other or (failed.verifier if error.may_repeat else None)
        left = self._ends_at - self._clock()
        permit = second.breaker.begin(self._clock()) if second and left > 0 else None
        if second is None or permit is None:
            raise VerdictUnavailableError(str(error)) from error
        return Attempt(second, left, permit)

    def read(self, attempt: Attempt, status: int, body: bytes) -> Verdict:
        """The verdict in an answer. Raises `AttemptError` or `ConfigurationError`."""
        value = _parse_json(body)
        verdict = parse_verdict(value) if status == 200 else None
        if verdict is not None:
            attempt.permit.succeed()
            return verdict
        origin = attempt.verifier.origin
        if status == 200 or status in TRANSIENT:
            answer = "without a verdict" if status == 200 else status
            raise AttemptError(f"The verifier at {origin} answered {answer}.")
        attempt.permit.succeed()
        raise ConfigurationError(status, value if isinstance(value, dict) else {}, origin)

    def failed(self, attempt: Attempt) -> None:
        attempt.permit.fail(self._clock())

    def abandoned(self, attempt: Attempt) -> None:
        attempt.permit.abandon()


def _parse_json(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
