"""Logs the errors of an outage."""

from __future__ import annotations

import logging
import math
import time

_LOG = logging.getLogger("latchkey")
_INTERVAL = 60.0


class ErrorLog:
    """Logs an error at most once a minute, because an outage fails every request. `message` has one `%s`."""

    def __init__(self, level: int, message: str) -> None:
        self._level = level
        self._message = message
        self._next_at = -math.inf

    def __call__(self, error: Exception) -> None:
        now = time.monotonic()
        if now < self._next_at:
            return
        self._next_at = now + _INTERVAL
        _LOG.log(self._level, self._message, error, exc_info=error)
