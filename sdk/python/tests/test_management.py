from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from deployment import deployment

from latchkey.management import AsyncManagementClient, ManagementClient, ManagementError

if TYPE_CHECKING:
    from latchkey.management_types import PostProjectsByProjectIdKeysResponse

KEYS = "/api/v1/projects/{projectId}/keys"


def test_a_key_is_created_listed_and_revoked() -> None:
    real = deployment()
    params = {"projectId": real.projectId}
    with ManagementClient(url=f"{real.portalUrl}/", token=real.managementToken) as management:
        created: PostProjectsByProjectIdKeysResponse = management.post(
            "/api/v1/projects/{projectId}/keys", params=params, json={"name": "from Python", "environment": "test"}
        )
        assert created["secret"].startswith("lk_test_")
        names = [key["name"] for key in management.list_all(KEYS, params=params, query={"limit": 2})]
        assert "from Python" in names
        assert len(names) >= len(real.secrets)
        key = {**params, "keyId": created["key"]["id"]}
        management.delete("/api/v1/projects/{projectId}/keys/{keyId}", params=key)
        revoked = management.get("/api/v1/projects/{projectId}/keys/{keyId}", params=key)
        assert revoked["status"] == "revoked"


def test_the_async_client_lists_the_same_keys() -> None:
    real = deployment()
    params = {"projectId": real.projectId}

    async def run() -> set[str]:
        async with AsyncManagementClient(url=real.portalUrl, token=real.managementToken) as management:
            page = await management.get("/api/v1/projects/{projectId}/keys", params=params)
            listed = {key["id"] async for key in management.list_all(KEYS, params=params, query={"limit": 3})}
            assert {key["id"] for key in page["items"]} <= listed
            return listed

    assert len(asyncio.run(run())) >= len(real.secrets)


def test_an_error_has_the_problem() -> None:
    real = deployment()
    with (
        ManagementClient(url=real.portalUrl, token=real.managementToken) as management,
        pytest.raises(ManagementError) as raised,
    ):
        management.get("/api/v1/projects/{projectId}", params={"projectId": "prj_unknown"})
    assert (raised.value.status, raised.value.problem["status"]) == (404, 404)


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_a_parameter_never_changes_the_path(value: str) -> None:
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, json={})

    with ManagementClient(url="http://portal", token="t", transport=httpx.MockTransport(answer)) as management:
        with pytest.raises(ValueError, match="projectId"):
            management.get("/api/v1/projects/{projectId}", params={"projectId": value})
        management.get("/api/v1/projects/{projectId}", params={"projectId": "../a?b#c"})
    assert [request.url.raw_path for request in requests] == [b"/api/v1/projects/..%2Fa%3Fb%23c"]


class Endless(httpx.SyncByteStream, httpx.AsyncByteStream):
    """Sends chunks with a pause before each. `sent` is how many were read."""

    def __init__(self, chunk: bytes, pause: float, count: int) -> None:
        self.sent = 0
        self._chunk, self._pause, self._count = chunk, pause, count

    def __iter__(self) -> Iterator[bytes]:
        while self.sent < self._count:
            self.sent += 1
            time.sleep(self._pause)
            yield self._chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


@pytest.mark.parametrize(
    ("stream", "error"),
    [
        pytest.param(Endless(b" " * 1024 * 1024, 0, 100), "too large", id="large"),
        pytest.param(Endless(b" ", 0.05, 1_000), "too long", id="slow"),
    ],
)
@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
def test_an_answer_without_end_is_not_read_to_its_end(stream: Endless, error: str, is_async: bool) -> None:
    stream.sent = 0
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, stream=stream))
    options: dict[str, Any] = {"url": "http://portal", "token": "t", "timeout": 2.0, "transport": transport}

    async def get_async() -> None:
        async with AsyncManagementClient(**options) as management:
            await management.request("GET", "/api/v1/projects")

    def get() -> None:
        with ManagementClient(**options) as management:
            management.request("GET", "/api/v1/projects")

    with pytest.raises(httpx.HTTPError, match=error):
        asyncio.run(get_async()) if is_async else get()
    assert 0 < stream.sent < stream._count


def test_a_redirect_is_an_error_that_says_so() -> None:
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(308, headers={"Location": "https://other.example/"})

    with (
        ManagementClient(url="http://portal", token="t", transport=httpx.MockTransport(answer)) as management,
        pytest.raises(ManagementError, match="Redirects are not followed"),
    ):
        management.get("/api/v1/projects")
    assert len(requests) == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"url": "keys.example.com", "token": "t"}, "not an http or https URL"),
        ({"url": "https://keys.example.com", "token": ""}, "management token"),
        ({"url": "https://keys.example.com", "token": "lk_mgt_\u2026"}, "a character that no token has"),
    ],
)
def test_options_that_cannot_work_are_rejected(options: dict[str, Any], message: str) -> None:
    for client in (ManagementClient, AsyncManagementClient):
        with pytest.raises(ValueError, match=message):
            client(**options)
