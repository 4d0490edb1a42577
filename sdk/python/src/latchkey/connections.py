"""The connections that the threads of a process share."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx


class SharedConnections:
    """Connections that are opened when they are first used, and again after `close` and in a forked process."""

    def __init__(self, transport_of: Callable[[], httpx.BaseTransport]) -> None:
        self._transport_of = transport_of
        self._lock = threading.Lock()
        self._current: _Connections | None = None

    @contextmanager
    def use(self) -> Iterator[httpx.Client]:
        """What sends a request. It stays open until the request has ended."""
        while True:
            connections = self._open()
            if connections.begin(request := object()):
                break
        try:
            yield connections.http
        finally:
            connections.end(request)

    def close(self) -> None:
        """Closes the connections once no request uses them: closing them earlier could mix up answers."""
        connections, self._current = self._current, None
        if connections is not None and connections.pid == os.getpid():
            connections.close()

    def _open(self) -> _Connections:
        # A forked process must not write to the connections of its parent, nor wait for a lock that it copied.
        current = self._current
        if current is not None and current.pid == os.getpid():
            return current
        with self._lock:
            current = self._current
            if current is None or current.pid != os.getpid():
                current = self._current = _Connections(self._transport_of())
            return current


class _Connections:
    """Of one process. Without a lock, which a process that is forked meanwhile would never get."""

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self.http = httpx.Client(transport=transport, trust_env=False)
        self.pid = os.getpid()
        self._requests: set[object] = set()
        self._is_closing = False

    def begin(self, request: object) -> bool:
        """False if the connections are being closed."""
        self._requests.add(request)
        if self._is_closing:
            self.end(request)
            return False
        return True

    def end(self, request: object) -> None:
        self._requests.discard(request)
        self._close_if_unused()

    def close(self) -> None:
        self._is_closing = True
        self._close_if_unused()

    def _close_if_unused(self) -> None:
        if self._is_closing and not self._requests:
            self.http.close()
