"""Sends requests within one time, whatever they wait for. The timeouts of `httpx` itself are for single operations."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

from .address import parse_address
from .bounded_read import RemainingSeconds

if TYPE_CHECKING:
    from httpcore import SOCKET_OPTION

_DEFAULT_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20)


class DeadlineTransport(httpx.BaseTransport):
    """As `httpx.HTTPTransport`, for requests whose timeouts are `Remaining`.

    They hold for looking up the name, for all addresses of a host together, and for an answer that arrives byte by
    byte.
    """

    def __init__(self, *, ssl_context: ssl.SSLContext | None = None, limits: httpx.Limits = _DEFAULT_LIMITS) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context or httpx.create_ssl_context(),
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            network_backend=_Backend(),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream)
        url = request.url
        with _as_httpx_errors():
            response = self._pool.handle_request(
                httpcore.Request(
                    request.method,
                    httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response), extensions=response.extensions
        )

    def close(self) -> None:
        self._pool.close()


@contextmanager
def _as_httpx_errors() -> Iterator[None]:
    """Raises the error of `httpx` with the same name."""
    try:
        yield
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
        kind: type[httpx.TransportError] = getattr(httpx, type(error).__name__, httpx.TransportError)
        raise kind(str(error)) from error


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx_errors():
            yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


def _left(timeout: float | None, error: type[httpcore.TimeoutException]) -> float | None:
    """The time that is left now of a timeout that was read earlier. Raises `error` if there is none."""
    if not isinstance(timeout, RemainingSeconds):
        return timeout
    left = timeout.now()
    if left <= 0:
        raise error("The time is over.")
    return left


class _Stream(httpcore.NetworkStream):
    """A connection whose operations take no longer than what is left of the request's time."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Opens connections within the time of a request."""

    def __init__(self) -> None:
        self._backend = httpcore.SyncBackend()
        self._resolver = _Resolver()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        addresses = [host] if parse_address(host) else self._resolver.addresses_of(host, port, left)
        error: Exception = httpcore.ConnectError(f"{host} has no address.")
        for index, address in enumerate(addresses):
            left = _left(timeout, httpcore.ConnectTimeout)
            # So that one address that doesn't answer leaves time for the others.
            share = None if left is None else left / (len(addresses) - index)
            try:
                return _Stream(self._backend.connect_tcp(address, port, share, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failure:
                error = failure
        raise error


class _Resolver:
    """Looks up names. The operating system's function can't be interrupted, so it runs in a thread for each name."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lookups: dict[tuple[str, int], Future[list[str]]] = {}

    def addresses_of(self, host: str, port: int, timeout: float | None) -> list[str]:
        """Raises `httpcore.ConnectTimeout` or `httpcore.ConnectError`."""
        try:
            return self._lookup(host, port).result(timeout)
        except FutureTimeoutError as error:
            raise httpcore.ConnectTimeout(f"Looking up {host} took too long.") from error
        except Exception as error:
            raise httpcore.ConnectError(str(error)) from error

    def _lookup(self, host: str, port: int) -> Future[list[str]]:
        """The lookup that is under way, or a new one: while names can't be looked up, threads don't pile up."""
        with self._lock:
            known = self._lookups.get((host, port))
            if known is not None:
                return known
            future: Future[list[str]] = Future()
            thread = threading.Thread(target=self._run, args=(host, port, future), name="latchkey-lookup", daemon=True)
            thread.start()
            self._lookups[(host, port)] = future
            return future

    def _run(self, host: str, port: int, future: Future[list[str]]) -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except Exception as error:
            self._forget(host, port)
            future.set_exception(error)
        else:
            self._forget(host, port)
            future.set_result(list(dict.fromkeys(str(address[0]) for *_, address in found)))

    def _forget(self, host: str, port: int) -> None:
        with self._lock:
            self._lookups.pop((host, port), None)
