"""Clients of the management API. Paths, bodies and answers are typed from the portal's OpenAPI document."""

from __future__ import annotations

import asyncio
import json as jsonlib
from collections.abc import AsyncIterator, Iterator, Mapping
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

import httpx

from .bounded_read import Remaining, TooLargeError, aread_body, read_body, too_slow
from .connection_options import base_url, check_token
from .errors import reasons_of
from .transport import DeadlineTransport

if TYPE_CHECKING:
    from .management_types import (
        AsyncDelete,
        AsyncGet,
        AsyncPatch,
        AsyncPost,
        AsyncPut,
        Delete,
        Get,
        Params,
        Patch,
        Post,
        Put,
        Query,
    )

DEFAULT_TIMEOUT = 30.0
_MAX_ANSWER_BYTES = 64 * 1024 * 1024


class ManagementError(Exception):
    """The portal rejected a call. `status` is the HTTP status, `problem` the body of the answer (RFC 9457)."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(" ".join([f"The portal answered {status}.", *reasons_of(status, problem, "Portals")]))
        self.status = status
        self.problem = problem


class ManagementClient:
    """Calls the management API.

    `client.get("/api/v1/projects/{projectId}", params={"projectId": id})` returns the JSON of the answer, or its text
    if that is not JSON. It raises `ManagementError` for an error of the portal and for a redirect, and
    `httpx.HTTPError` if there is no answer within the timeout, or none of at most 64 MiB.

    - `url`: the portal's public URL.
    - `token`: a management token (`lk_mgt_…`).
    - `timeout`: seconds for one call, from the name of the portal to the end of its answer.
    - `transport`: how `httpx` sends requests, for example through a proxy. Its timeouts are for single operations.
    """

    def __init__(
        self, *, url: str, token: str, timeout: float = DEFAULT_TIMEOUT, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._http = httpx.Client(transport=transport or DeadlineTransport(), **_settings(url, token))
        self._timeout = timeout
        self.get = cast("Get", partial(self.request, "GET"))
        self.post = cast("Post", partial(self.request, "POST"))
        self.put = cast("Put", partial(self.request, "PUT"))
        self.patch = cast("Patch", partial(self.request, "PATCH"))
        self.delete = cast("Delete", partial(self.request, "DELETE"))

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        query: Query | None = None,
        json: object = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """What `get`, `post`, `put`, `patch` and `delete` call, without types."""
        remaining = Remaining(self._timeout)
        request = _request(self._http, method, path, params, query, json, idempotency_key, remaining)
        response = self._http.send(request, stream=True)
        try:
            return _answer(response, read_body(response, _MAX_ANSWER_BYTES, remaining))
        except TooLargeError as error:
            raise _too_large(request) from error
        finally:
            response.close()

    def list_all(self, path: str, *, params: Params | None = None, query: Query | None = None) -> Iterator[Any]:
        """All items of a list, page by page."""
        cursor: str | None = None
        while True:
            page = self.request("GET", path, params=params, query={**(query or {}), "cursor": cursor})
            yield from page["items"]
            cursor = page["nextCursor"]
            if cursor is None:
                return

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def __enter__(self) -> ManagementClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncManagementClient:
    """As `ManagementClient`, for asyncio."""

    def __init__(
        self,
        *,
        url: str,
        token: str,
        timeout: float = DEFAULT_TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._http = httpx.AsyncClient(transport=transport or httpx.AsyncHTTPTransport(), **_settings(url, token))
        self._timeout = timeout
        self.get = cast("AsyncGet", partial(self.request, "GET"))
        self.post = cast("AsyncPost", partial(self.request, "POST"))
        self.put = cast("AsyncPut", partial(self.request, "PUT"))
        self.patch = cast("AsyncPatch", partial(self.request, "PATCH"))
        self.delete = cast("AsyncDelete", partial(self.request, "DELETE"))

    async def request(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        query: Query | None = None,
        json: object = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """What `get`, `post`, `put`, `patch` and `delete` call, without types."""
        request = _request(self._http, method, path, params, query, json, idempotency_key)
        try:
            return await asyncio.wait_for(self._send(request, Remaining(self._timeout)), self._timeout)
        except asyncio.TimeoutError as error:
            raise too_slow(request) from error

    async def _send(self, request: httpx.Request, remaining: Remaining) -> Any:
        response = await self._http.send(request, stream=True)
        try:
            return _answer(response, await aread_body(response, _MAX_ANSWER_BYTES, remaining))
        except TooLargeError as error:
            raise _too_large(request) from error
        finally:
            await response.aclose()

    async def list_all(
        self, path: str, *, params: Params | None = None, query: Query | None = None
    ) -> AsyncIterator[Any]:
        """All items of a list, page by page."""
        cursor: str | None = None
        while True:
            page = await self.request("GET", path, params=params, query={**(query or {}), "cursor": cursor})
            for item in page["items"]:
                yield item
            cursor = page["nextCursor"]
            if cursor is None:
                return

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> AsyncManagementClient:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def _settings(url: str, token: str) -> dict[str, Any]:
    check_token(token, "management token")
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    # A redirect would hand the token to another server.
    return {
        "base_url": base_url(url),
        "headers": headers,
        "follow_redirects": False,
        "trust_env": False,
        "timeout": None,
    }


def _request(
    http: httpx.Client | httpx.AsyncClient,
    method: str,
    path: str,
    params: Params | None,
    query: Query | None,
    json: object,
    idempotency_key: str | None,
    remaining: Remaining | None = None,
) -> httpx.Request:
    for name, value in (params or {}).items():
        # A value of only dots would be a step in the path.
        if value.strip(".") == "":
            raise ValueError(f"Latchkey: {name} must not be {value!r}.")
        path = path.replace(f"{{{name}}}", quote(value, safe=""))
    if "{" in path:
        raise ValueError(f"Latchkey: a parameter of {path} is missing.")
    headers = {"Idempotency-Key": idempotency_key} if idempotency_key else {}
    given = {name: value for name, value in (query or {}).items() if value is not None}
    content = None if json is None else jsonlib.dumps(json).encode()
    if content is not None:
        headers["Content-Type"] = "application/json"
    extensions = {} if remaining is None else {"timeout": remaining}
    return http.build_request(
        method, path, params=given or None, content=content, headers=headers, extensions=extensions
    )


def _too_large(request: httpx.Request) -> httpx.HTTPError:
    return httpx.ReadError("The response is too large.", request=request)


def _answer(response: httpx.Response, body: bytes) -> Any:
    is_json = response.headers.get("Content-Type", "").partition(";")[0].endswith("json")
    try:
        value = jsonlib.loads(body) if is_json else body.decode(response.charset_encoding or "utf-8", "replace")
    except (ValueError, LookupError):
        value = None
    if response.is_success:
        return value
    raise ManagementError(response.status_code, value if isinstance(value, dict) else {})
