"""A check ends within its time, whatever a verifier or the network lets it wait for."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest

from latchkey import AsyncLatchkey, Check, Latchkey, VerdictUnavailableError
from latchkey.management import AsyncManagementClient, ManagementClient

TIMEOUT = 0.3
TOLERANCE = 0.6
"""How much later a check may end on a busy machine. Each stage stalls for longer."""
STALL = 3.0
DRIP = 0.02
HEADERS = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def drip(connection: socket.socket, first: bytes, following: bytes) -> None:
    connection.sendall(first)
    ends_at = time.monotonic() + STALL
    while time.monotonic() < ends_at:
        time.sleep(DRIP)
        connection.sendall(following)


Answer = Callable[[socket.socket], None]
STAGES: dict[str, Answer] = {
    "sends nothing": lambda _: None,
    "sends headers without end": lambda it: drip(it, b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a"),
    "sends headers only": lambda it: it.sendall(HEADERS + b"Content-Length: 100\r\n\r\n"),
    "sends a body without end": lambda it: drip(it, HEADERS + b"Content-Length: 100000\r\n\r\n", b" "),
    "sends the size of a chunk without end": lambda it: drip(
        it, HEADERS + b"Transfer-Encoding: chunked\r\n\r\n1", b";a"
    ),
}


@contextmanager
def server(answer: Answer, address: tuple[str, int] = ("127.0.0.1", 0)) -> Iterator[str]:
    """The URL of a server that reads requests and lets `answer` handle them."""
    connections: list[socket.socket] = []

    def handle(connection: socket.socket) -> None:
        try:
            connection.recv(65_536)
            answer(connection)
        except OSError:
            pass

    def accept(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connections.append(connection)
            threading.Thread(target=handle, args=(connection,), daemon=True).start()

    with socket.create_server(address) as listener:
        threading.Thread(target=accept, args=(listener,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            for connection in connections:
                connection.close()


@contextmanager
def deaf_server(host: str) -> Iterator[int]:
    """The port of a server whose queue of connections is full: further ones are not answered."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server((host, 0), backlog=0))
        port: int = listener.getsockname()[1]
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", port))
        yield port


def resolve_to(monkeypatch: pytest.MonkeyPatch, addresses: list[str]) -> None:
    """Lets the name `verifier.example` have these addresses."""
    lookup = socket.getaddrinfo

    def found(host: Any, port: Any, *arguments: Any, **options: Any) -> Any:
        if host not in ("verifier.example", b"verifier.example"):
            return lookup(host, port, *arguments, **options)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)


def verify(url: list[str], **options: Any) -> None:
    with Latchkey(url=url, token="t", timeout=TIMEOUT, **options) as latchkey:
        latchkey.verify(Check(key="k"))


def verify_async(url: list[str], **options: Any) -> None:
    async def run() -> None:
        async with AsyncLatchkey(url=url, token="t", timeout=TIMEOUT, **options) as latchkey:
            await latchkey.verify(Check(key="k"))

    # Not `asyncio.run`, which also waits for threads that look up names.
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(run())
    finally:
        loop.close()


CLIENTS = pytest.mark.parametrize("verify", [pytest.param(verify, id="sync"), pytest.param(verify_async, id="async")])


@contextmanager
def in_time(error: type[Exception] = VerdictUnavailableError) -> Iterator[None]:
    started_at = time.monotonic()
    with pytest.raises(error):
        yield
    assert time.monotonic() - started_at < TIMEOUT + TOLERANCE


def at_every_stage(call: Callable[[Answer], None]) -> None:
    """Calls it for all stages at once."""
    with ThreadPoolExecutor(len(STAGES)) as pool:
        calls = {stage: pool.submit(call, answer) for stage, answer in STAGES.items()}
    failed = {stage: error for stage, each in calls.items() if (error := each.exception()) is not None}
    assert failed == {}


@CLIENTS
def test_a_check_ends_in_time_wherever_an_answer_stalls(verify: Callable[..., None]) -> None:
    def call(answer: Answer) -> None:
        with server(answer) as url, in_time():
            verify([url])

    at_every_stage(call)


@CLIENTS
def test_with_two_verifiers_both_attempts_share_the_time(verify: Callable[..., None]) -> None:
    def call(answer: Answer) -> None:
        with server(answer) as first, server(answer) as second, in_time():
            verify([first, second])

    at_every_stage(call)


@CLIENTS
def test_a_check_ends_in_time_if_no_address_of_a_verifier_accepts_connections(
    verify: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve_to(monkeypatch, [f"127.0.0.{number}" for number in range(1, 9)])
    with deaf_server("0.0.0.0") as port:
        with in_time():
            verify([f"http://verifier.example:{port}"])
        with in_time():
            verify([f"http://127.0.0.1:{port}"])


@CLIENTS
def test_a_check_ends_in_time_if_a_name_is_never_resolved(
    verify: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()

    def never(*_arguments: Any, **_options: Any) -> Any:
        released.wait(STALL)
        raise socket.gaierror("released")

    monkeypatch.setattr(socket, "getaddrinfo", never)
    try:
        with in_time():
            verify(["http://verifier.example:3001"])
    finally:
        released.set()


def test_checks_that_wait_for_the_same_name_share_one_lookup(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    lookups = []

    def never(*arguments: Any, **_options: Any) -> Any:
        lookups.append(arguments)
        released.wait(STALL)
        raise socket.gaierror("released")

    monkeypatch.setattr(socket, "getaddrinfo", never)
    with (
        Latchkey(url="http://verifier.example:3001", token="t", timeout=TIMEOUT) as latchkey,
        ThreadPoolExecutor(4) as pool,
    ):

        def check(_: int) -> None:
            with in_time():
                latchkey.verify(Check(key="k"))

        try:
            list(pool.map(check, range(4)))
        finally:
            released.set()
    assert len(lookups) == 1


def test_a_check_ends_in_time_while_others_use_all_connections() -> None:
    limits = httpx.Limits(max_connections=1)
    with (
        server(STAGES["sends nothing"]) as url,
        Latchkey(url=url, token="t", timeout=TIMEOUT, transport=httpx.HTTPTransport(limits=limits)) as latchkey,
        ThreadPoolExecutor(4) as pool,
    ):

        def check(_: int) -> None:
            with in_time():
                latchkey.verify(Check(key="k"))

        list(pool.map(check, range(4)))


def test_a_check_by_asyncio_ends_in_time_while_others_use_all_connections() -> None:
    def transport() -> httpx.AsyncHTTPTransport:
        return httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=1))

    async def run(url: str) -> None:
        async with AsyncLatchkey(url=url, token="t", timeout=TIMEOUT, transport=transport) as latchkey:
            started_at = time.monotonic()
            checks = [latchkey.verify(Check(key="k")) for _ in range(4)]
            outcomes = await asyncio.gather(*checks, return_exceptions=True)
            assert time.monotonic() - started_at < TIMEOUT + TOLERANCE
        assert [type(outcome) for outcome in outcomes] == [VerdictUnavailableError] * 4

    with server(STAGES["sends nothing"]) as url:
        asyncio.run(run(url))


def test_a_call_of_the_management_api_ends_in_time_wherever_an_answer_stalls() -> None:
    def call(answer: Answer) -> None:
        with server(answer) as url:
            with ManagementClient(url=url, token="t", timeout=TIMEOUT) as client, in_time(httpx.TimeoutException):
                client.get("/api/v1/projects")

            async def run() -> None:
                async with AsyncManagementClient(url=url, token="t", timeout=TIMEOUT) as management:
                    await management.get("/api/v1/projects")

            with in_time(httpx.TimeoutException):
                asyncio.run(run())

    at_every_stage(call)


def test_an_address_that_does_not_answer_leaves_time_for_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    verdict = b'{"valid": true, "code": "VALID", "requestId": "req_1"}'
    answer = HEADERS + b"Content-Length: %d\r\n\r\n%s" % (len(verdict), verdict)
    resolve_to(monkeypatch, ["127.0.0.1", "127.0.0.2"])
    with (
        deaf_server("127.0.0.1") as port,
        server(lambda it: it.sendall(answer), ("127.0.0.2", port)),
        Latchkey(url=f"http://verifier.example:{port}", token="t", timeout=2) as latchkey,
    ):
        assert latchkey.verify(Check(key="k")).code == "VALID"
