"""Leaves out a verifier that fails."""

from __future__ import annotations

from threading import Lock

FAILURES_TO_OPEN = 5
"""Failures in a row after which a verifier is not asked for a while."""
FIRST_PAUSE = 1.0
MAX_PAUSE = 30.0


class CircuitBreaker:
    """Stops requests to a verifier that fails. After a pause, one request tries it again.

    The pause doubles with each failed try, up to 30 seconds. Times are in seconds. Safe for threads.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._failures = 0
        self._pause = FIRST_PAUSE
        self._open_until = 0.0
        self._is_trying = False
        # How often the breaker has closed again. Failures of requests from before that say nothing new.
        self._period = 0

    def allows(self, now: float) -> bool:
        """Whether `begin` would permit a request at `now`."""
        with self._lock:
            return self._allows(now)

    def begin(self, now: float) -> Permit | None:
        """None if no request may be sent at `now`."""
        with self._lock:
            if not self._allows(now):
                return None
            is_trial = self._is_open()
            if is_trial:
                self._is_trying = True
            return Permit(self, self._period, is_trial)

    def _allows(self, now: float) -> bool:
        return not self._is_open() or (not self._is_trying and now >= self._open_until)

    def _is_open(self) -> bool:
        return self._failures >= FAILURES_TO_OPEN

    def _succeed(self) -> None:
        with self._lock:
            if self._is_open():
                self._period += 1
            self._failures = 0
            self._pause = FIRST_PAUSE
            self._is_trying = False

    def _fail(self, now: float, period: int, is_trial: bool) -> None:
        with self._lock:
            if period != self._period or (self._is_open() and not is_trial):
                return
            if is_trial:
                self._is_trying = False
                self._pause = min(2 * self._pause, MAX_PAUSE)
            else:
                self._failures += 1
            if self._is_open():
                self._open_until = now + self._pause

    def _abandon(self, period: int, is_trial: bool) -> None:
        with self._lock:
            if period == self._period and is_trial:
                self._is_trying = False


class Permit:
    """A request that a breaker permitted. Exactly one of its methods must be called."""

    def __init__(self, breaker: CircuitBreaker, period: int, is_trial: bool) -> None:
        self._breaker = breaker
        self._period = period
        self._is_trial = is_trial

    def succeed(self) -> None:
        self._breaker._succeed()

    def fail(self, now: float) -> None:
        """Ignored if the request was sent before the breaker opened: the pause counts from then."""
        self._breaker._fail(now, self._period, self._is_trial)

    def abandon(self) -> None:
        """Ends a request whose outcome says nothing about the verifier, for example because it was canceled."""
        self._breaker._abandon(self._period, self._is_trial)
