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

    def allows(self, now: float) -> bool:
        """Whether a request may be sent at `now`."""
        with self._lock:
            return self._allows(now)

    def begin(self, now: float) -> bool:
        """Notes that a request is being sent. False if it must not be sent."""
        with self._lock:
            if not self._allows(now):
                return False
            self._is_trying = self._failures >= FAILURES_TO_OPEN
            return True

    def succeed(self) -> None:
        with self._lock:
            self._failures = 0
            self._pause = FIRST_PAUSE
            self._is_trying = False

    def fail(self, now: float) -> None:
        with self._lock:
            if self._is_trying:
                self._pause = min(2 * self._pause, MAX_PAUSE)
            self._is_trying = False
            self._failures += 1
            if self._failures >= FAILURES_TO_OPEN:
                self._open_until = now + self._pause

    def abandon(self) -> None:
        """Ends a request whose outcome says nothing about the verifier, for example because it was canceled."""
        with self._lock:
            self._is_trying = False

    def _allows(self, now: float) -> bool:
        return self._failures < FAILURES_TO_OPEN or (not self._is_trying and now >= self._open_until)
