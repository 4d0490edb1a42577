from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

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
