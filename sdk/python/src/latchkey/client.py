"""Clients that verify API keys by asking a Latchkey verifier."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from types import TracebackType
from typing import Literal, TypeAlias
from weakref import WeakKeyDictionary

import httpx

from .bounded_read import Remaining, TooLargeError, aread_body, read_body
from .check_body import body_of
from .connection_options import base_urls, check_token
from .connections import SharedConnections
from .errors import ConfigurationError, VerdictUnavailableError
from .exchange import MAX_ANSWER_BYTES, Attempt, AttemptError, Exchange, Verifier
from .tracing import trace_outcome
from .verdict import Check, Outcome, UnverifiedVerdict, Verdict

Choice: TypeAlias = Literal["reject", "allow"]
UnavailablePolicy: TypeAlias = Literal["reject"] | Callable[[VerdictUnavailableError, Check], Choice]
"""What to do with a request without a verdict: "reject", or a function that decides for each request with a key."""
AsyncUnavailablePolicy: TypeAlias = (
    Literal["reject"] | Callable[[VerdictUnavailableError, Check], Choice | Awaitable[Choice]]
)

DEFAULT_TIMEOUT = 1.0
_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=100, keepalive_expiry=30)


class _Settings:
    """Options of both clients. Raises `ValueError` for options that can't work."""

    def __init__(
        self,
        url: str | Iterable[str],
        token: str,
        api: str | None,
        timeout: float,
        clock: Callable[[], float],
    ) -> None:
        urls = base_urls(url)
        check_token(token, "service token")
        if not timeout > 0:
            raise ValueError("Latchkey: timeout is a number of seconds above 0.")
        self.api = api
        self.timeout = timeout
        self.clock = clock
        self._verifiers = [Verifier(each) for each in urls]
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }

    def exchange(self) -> Exchange:
        return Exchange(self._verifiers, timeout=self.timeout, clock=self.clock)

    def headers(self, exchange: Exchange) -> dict[str, str]:
        return {**self._headers, "Idempotency-Key": exchange.idempotency_key}


class Latchkey:
    """Verifies API keys by asking a Latchkey verifier.

    Connections are kept alive. A failed request is retried once, on the next verifier if there are several. One client
    serves all threads of a process; create it once.

    - `url`: base URL of the verifier, or of several, nearest first. They are asked in this order.
    - `token`: the service token (`lk_svc_…`).
    - `api`: slug of the API that the service implements; optional if the token is bound to one API.
    - `timeout`: seconds for a verdict, from the name of the verifier to the end of its answer, including the retry.
    - `on_unavailable`: "reject" raises `VerdictUnavailableError`; a function decides for each request with a key.
    - `transport`: how `httpx` sends requests, for example through a proxy. Its timeouts are for single operations.
    - `clock`: monotonic seconds. For tests.
    """

    def __init__(
        self,
        *,
        url: str | Iterable[str],
        token: str,
        api: str | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        on_unavailable: UnavailablePolicy = "reject",
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = _Settings(url, token, api, timeout, clock)
        self._on_unavailable = on_unavailable
        self._connections = SharedConnections(_own(transport) if transport else _deadline_transports())

    def verify(self, check: Check) -> Outcome:
        """The verdict on a check, also for a denied key.

        Raises `VerdictUnavailableError` if no verifier answered in time, and `ConfigurationError` if Latchkey rejected
        the service's own request.
        """
        try:
            outcome: Outcome = self._ask(body_of(check, self._settings.api))
        except VerdictUnavailableError as error:
            if not _has_key(check) or self._on_unavailable == "reject":
                raise
            if self._on_unavailable(error, check) != "allow":
                raise
            outcome = UnverifiedVerdict(reason=str(error))
        trace_outcome(outcome)
        return outcome

    def close(self) -> None:
        """Closes the connections, those that other threads use once they have their verdicts.

        The client opens new ones if it is used again.
        """
        self._connections.close()

    def __enter__(self) -> Latchkey:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, body: bytes) -> Verdict:
        exchange = self._settings.exchange()
        attempt = exchange.first()
        try:
            return self._send(exchange, attempt, body)
        except AttemptError as error:
            attempt = exchange.retry(attempt, error)
        try:
            return self._send(exchange, attempt, body)
        except AttemptError as error:
            raise VerdictUnavailableError(str(error)) from error

    def _send(self, exchange: Exchange, attempt: Attempt, body: bytes) -> Verdict:
        try:
            status, answer = self._post(exchange, attempt, body)
            return exchange.read(attempt, status, answer)
        except AttemptError:
            exchange.failed(attempt)
            raise
        except httpx.TimeoutException as error:
            exchange.failed(attempt)
            raise attempt.timed_out() from error
        except httpx.HTTPError as error:
            exchange.failed(attempt)
            raise attempt.unreachable(error) from error
        except TooLargeError as error:
            exchange.failed(attempt)
            raise attempt.too_large() from error
        except ConfigurationError:
            raise
        except BaseException:
            exchange.abandoned(attempt)
            raise

    def _post(self, exchange: Exchange, attempt: Attempt, body: bytes) -> tuple[int, bytes]:
        remaining = Remaining(attempt.timeout)
        with (
            self._connections.use() as http,
            http.stream(
                "POST",
                attempt.verifier.url,
                content=body,
                headers=self._settings.headers(exchange),
                extensions={"timeout": remaining},
            ) as response,
        ):
            return response.status_code, read_body(response, MAX_ANSWER_BYTES, remaining)


def _own(transport: httpx.BaseTransport) -> Callable[[], httpx.BaseTransport]:
    return lambda: transport


def _deadline_transports() -> Callable[[], httpx.BaseTransport]:
    # Here, because it takes a while to import what `httpx` sends requests with.
    from .transport import DeadlineTransport

    # The certificates are read here, because that can take as long as a check may.
    return partial(DeadlineTransport, ssl_context=httpx.create_ssl_context(), limits=_LIMITS)


class AsyncLatchkey:
    """As `Latchkey`, for asyncio. Each event loop has its own connections."""

    def __init__(
        self,
        *,
        url: str | Iterable[str],
        token: str,
        api: str | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        on_unavailable: AsyncUnavailablePolicy = "reject",
        transport: Callable[[], httpx.AsyncBaseTransport] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = _Settings(url, token, api, timeout, clock)
        self._on_unavailable = on_unavailable
        # The certificates are read here, because that can take as long as a check may.
        self._transport_of: Callable[[], httpx.AsyncBaseTransport] = transport or partial(
            httpx.AsyncHTTPTransport, verify=httpx.create_ssl_context(), limits=_LIMITS
        )
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, httpx.AsyncClient] = WeakKeyDictionary()

    async def verify(self, check: Check) -> Outcome:
        """The verdict on a check, also for a denied key.

        Raises `VerdictUnavailableError` if no verifier answered in time, and `ConfigurationError` if Latchkey rejected
        the service's own request.
        """
        try:
            outcome: Outcome = await self._ask(body_of(check, self._settings.api))
        except VerdictUnavailableError as error:
            if await self._choice(error, check) != "allow":
                raise
            outcome = UnverifiedVerdict(reason=str(error))
        trace_outcome(outcome)
        return outcome

    async def aclose(self) -> None:
        """Closes the connections of this event loop. The client opens new ones if it is used again."""
        http = self._clients.pop(asyncio.get_running_loop(), None)
        if http is not None:
            await http.aclose()

    async def __aenter__(self) -> AsyncLatchkey:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _choice(self, error: VerdictUnavailableError, check: Check) -> Choice:
        if not _has_key(check) or self._on_unavailable == "reject":
            return "reject"
        choice = self._on_unavailable(error, check)
        return await choice if inspect.isawaitable(choice) else choice

    async def _ask(self, body: bytes) -> Verdict:
        exchange = self._settings.exchange()
        attempt = exchange.first()
        try:
            return await self._send(exchange, attempt, body)
        except AttemptError as error:
            attempt = exchange.retry(attempt, error)
        try:
            return await self._send(exchange, attempt, body)
        except AttemptError as error:
            raise VerdictUnavailableError(str(error)) from error

    async def _send(self, exchange: Exchange, attempt: Attempt, body: bytes) -> Verdict:
        try:
            status, answer = await asyncio.wait_for(self._post(exchange, attempt, body), attempt.timeout)
            return exchange.read(attempt, status, answer)
        except AttemptError:
            exchange.failed(attempt)
            raise
        except (asyncio.TimeoutError, httpx.TimeoutException) as error:
            exchange.failed(attempt)
            raise attempt.timed_out() from error
        except httpx.HTTPError as error:
            exchange.failed(attempt)
            raise attempt.unreachable(error) from error
        except TooLargeError as error:
            exchange.failed(attempt)
            raise attempt.too_large() from error
        except ConfigurationError:
            raise
        except BaseException:
            exchange.abandoned(attempt)
            raise

    async def _post(self, exchange: Exchange, attempt: Attempt, body: bytes) -> tuple[int, bytes]:
        request = self._http_client().stream(
            "POST", attempt.verifier.url, content=body, headers=self._settings.headers(exchange)
        )
        async with request as response:
            return response.status_code, await aread_body(response, MAX_ANSWER_BYTES)

    def _http_client(self) -> httpx.AsyncClient:
        loop = asyncio.get_running_loop()
        http = self._clients.get(loop)
        if http is None:
            # `asyncio.wait_for` ends an attempt.
            http = httpx.AsyncClient(transport=self._transport_of(), timeout=None, trust_env=False)
            self._clients[loop] = http
        return http


def _has_key(check: Check) -> bool:
    """Decided without a verifier: a request without a key never passes."""
    return bool(check.key and check.key.strip())
