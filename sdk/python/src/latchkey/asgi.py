"""Middleware for ASGI applications: Starlette, FastAPI, Litestar, Quart and others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

from .guard import AsyncGuard, Deny, GuardOptions, HttpResponse, ServiceRequest
from .verdict import AsyncKeyVerifier

if TYPE_CHECKING:
    from typing_extensions import Unpack

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
AsgiApp: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

SAFE_IN_PATH = "/:@!$&'()*+,;=~"
_POLICY_VIOLATION = 1008


class LatchkeyMiddleware:
    """Protects an ASGI application, its WebSockets included.

    The application finds the verdict in `scope["state"]["latchkey"]`, which is `request.state.latchkey` in Starlette
    and FastAPI. It is None for a CORS preflight.
    """

    def __init__(self, app: AsgiApp, verifier: AsyncKeyVerifier, **options: Unpack[GuardOptions]) -> None:
        self._app = app
        self._guard = AsyncGuard(verifier, **options)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        decision = await self._guard.decide(request_of(scope))
        if isinstance(decision, Deny):
            await _reject(scope, receive, send, decision.response)
            return
        state = {**scope.get("state", {}), "latchkey": decision.verdict}
        added = _encode(decision.headers.items())

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *added]}
            await send(message)

        await self._app({**scope, "state": state}, receive, send_with_headers if added else send)


def request_of(scope: Scope, native: object = None) -> ServiceRequest:
    """The request of an ASGI scope."""

    def header(name: str) -> str | None:
        wanted = name.encode()
        values = [value for key, value in scope["headers"] if key.lower() == wanted]
        return b", ".join(values).decode("latin-1") if values else None

    raw_path: bytes | None = scope.get("raw_path")
    client = scope.get("client")
    return ServiceRequest(
        method=scope.get("method", "GET"),
        target=raw_path.decode("latin-1") if raw_path else quote(scope["path"], safe=SAFE_IN_PATH),
        header=header,
        remote_address=client[0] if client else None,
        native=scope if native is None else native,
    )


async def _reject(scope: Scope, receive: Receive, send: Send, response: HttpResponse) -> None:
    prefix = ""
    if scope["type"] == "websocket":
        await receive()
        if "websocket.http.response" not in scope.get("extensions", {}):
            # Before the handshake is accepted, servers answer this with 403.
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            return
        prefix = "websocket."
    headers = _encode([*response.headers.items(), ("Content-Length", str(len(response.body)))])
    await send({"type": f"{prefix}http.response.start", "status": response.status, "headers": headers})
    await send({"type": f"{prefix}http.response.body", "body": response.body})


def _encode(headers: Any) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
