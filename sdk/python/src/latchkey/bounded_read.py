"""Reads answers within a time and a size, so that no server can hold a thread or exhaust memory."""

from __future__ import annotations

import time

import httpx


class TooLargeError(Exception):
    """A response has more bytes than may be read."""

    def __init__(self) -> None:
        super().__init__("The response is too large.")


class RemainingSeconds(float):
    """The time until a deadline when this was created. `httpx` reads it once for several operations."""

    _ends_at: float

    @classmethod
    def until(cls, ends_at: float) -> RemainingSeconds:
        """`ends_at`: monotonic seconds."""
        # Never 0, which would mean not to wait at all.
        seconds = cls(max(ends_at - time.monotonic(), 0.001))
        seconds._ends_at = ends_at
        return seconds

    def now(self) -> float:
        """The time until the deadline now; 0 or less after it."""
        return self._ends_at - time.monotonic()


class Remaining(dict[str, float | None]):
    """Timeouts of `httpx` that share one deadline: each step gets what the steps before it left."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._ends_at = time.monotonic() + seconds

    def seconds(self) -> float:
        """Until the deadline."""
        return self._ends_at - time.monotonic()

    def get(self, key: str, default: object = None, /) -> RemainingSeconds:
        return RemainingSeconds.until(self._ends_at)


def read_body(response: httpx.Response, max_bytes: int, remaining: Remaining) -> bytes:
    """The decoded body. Raises `TooLargeError`, and `httpx.ReadTimeout` after the deadline."""
    body = _Body(max_bytes)
    for chunk in response.iter_bytes():
        body.add(chunk)
        _check_time(response.request, remaining)
    return bytes(body)


async def aread_body(response: httpx.Response, max_bytes: int, remaining: Remaining | None = None) -> bytes:
    """As `read_body`, for asyncio."""
    body = _Body(max_bytes)
    async for chunk in response.aiter_bytes():
        body.add(chunk)
        if remaining is not None:
            _check_time(response.request, remaining)
    return bytes(body)


class _Body(bytearray):
    def __init__(self, max_bytes: int) -> None:
        super().__init__()
        self._max_bytes = max_bytes

    def add(self, chunk: bytes) -> None:
        self.extend(chunk)
        if len(self) > self._max_bytes:
            raise TooLargeError


def _check_time(request: httpx.Request, remaining: Remaining) -> None:
    """For a transport whose timeouts are for single operations."""
    if remaining.seconds() <= 0:
        raise too_slow(request)


def too_slow(request: httpx.Request) -> httpx.ReadTimeout:
    """The error for a response that is not there in time."""
    return httpx.ReadTimeout("The response took too long.", request=request)
