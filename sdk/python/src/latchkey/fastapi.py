"""Dependency for single routes of FastAPI. For all routes, use the middleware in `latchkey.asgi`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.requests import HTTPConnection

from .asgi import request_of
from .guard import AsyncGuard, Deny, GuardOptions, HttpResponse
from .verdict import AllowedVerdict, AsyncKeyVerifier

if TYPE_CHECKING:
    from typing_extensions import Unpack

KeyDependency = Callable[[HTTPConnection, Response], Awaitable[AllowedVerdict | None]]


class _Denied(HTTPException):
    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.status, detail="The API key was not accepted.", headers=dict(response.headers))
        self.response = response


async def _answer(_request: Request, error: Exception) -> Response:
    assert isinstance(error, _Denied)
    response = error.response
    return Response(response.body, response.status, headers=dict(response.headers))


def require_api_key(app: FastAPI, verifier: AsyncKeyVerifier, **options: Unpack[GuardOptions]) -> KeyDependency:
    """A dependency that denies requests without a valid key, and whose value is the verdict.

    `app` is the application that answers: this adds an exception handler to it, so call it before the first request.
    """
    guard = AsyncGuard(verifier, **options)
    app.add_exception_handler(_Denied, _answer)

    async def verdict_of(connection: HTTPConnection, response: Response) -> AllowedVerdict | None:
        decision = await guard.decide(request_of(connection.scope, connection))
        if isinstance(decision, Deny):
            raise _Denied(decision.response)
        response.headers.update(decision.headers)
        return decision.verdict

    # FastAPI resolves the annotations of a dependency.
    verdict_of.__annotations__ = {"connection": HTTPConnection, "response": Response}
    return verdict_of
