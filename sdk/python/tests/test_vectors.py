"""Every vector of `sdk/vectors`, with both clients."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any, cast

import pytest
from fake_verifiers import FakeVerifiers

from latchkey import AsyncGuard, AsyncLatchkey, Decision, Guard, GuardOptions, Latchkey, ServiceRequest, ValidVerdict

FILE = json.loads((Path(__file__).parents[2] / "vectors" / "http.json").read_text())
NOW: float = FILE["now"] / 1_000
VECTORS: list[dict[str, Any]] = [{**FILE["defaults"], **vector} for vector in FILE["vectors"]]
CLIENT_NAMES = {"timeoutMs", "onUnavailable"}
GUARD_NAMES = {
    "trustedProxies": "trusted_proxies",
    "operation": "operation",
    "cost": "cost",
    "requiredScopes": "required_scopes",
}


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_vector(vector: dict[str, Any], is_async: bool) -> None:
    with FakeVerifiers(vector["verifiers"]) as verifiers:
        decision = (decide_async if is_async else decide)(vector, verifiers.urls)
        assert [{"verifier": check.verifier, "body": check.body} for check in verifiers.received] == vector["checks"]
        assert len({check.idempotency_key for check in verifiers.received}) < 2
        assert {check.authorization for check in verifiers.received} <= {"Bearer lk_svc_test"}
    expect_decision(decision, vector["expect"])


def decide(vector: dict[str, Any], urls: list[str]) -> Decision:
    with Latchkey(url=urls, token="lk_svc_test", api="badges", **client_options(vector)) as latchkey:
        return Guard(latchkey, **guard_options(vector)).decide(request_of(vector["request"]))


def decide_async(vector: dict[str, Any], urls: list[str]) -> Decision:
    async def run() -> Decision:
        async with AsyncLatchkey(url=urls, token="lk_svc_test", api="badges", **client_options(vector)) as latchkey:
            return await AsyncGuard(latchkey, **guard_options(vector)).decide(request_of(vector["request"]))

    return asyncio.run(run())


def client_options(vector: dict[str, Any]) -> dict[str, Any]:
    given = vector["client"]
    assert given.keys() <= CLIENT_NAMES
    # Longer than the default, so that a busy machine changes nothing where the deadline isn't what is tested.
    options: dict[str, Any] = {"timeout": given.get("timeoutMs", 10_000) / 1_000}
    if "onUnavailable" in given:
        options["on_unavailable"] = lambda _error, _check: given["onUnavailable"]
    return options


def guard_options(vector: dict[str, Any]) -> GuardOptions:
    options: Any = {GUARD_NAMES[name]: value for name, value in vector["middleware"].items()}
    options.update(now=lambda: NOW, on_error=lambda _error: None)
    return cast(GuardOptions, options)


def request_of(request: dict[str, Any]) -> ServiceRequest:
    headers = {name.lower(): value for name, value in request["headers"]}
    return ServiceRequest(request["method"], request["target"], headers.get, request["peer"])


def expect_decision(decision: Decision, expected: dict[str, Any]) -> None:
    assert decision.passes == expected["pass"]
    if decision.passes:
        assert (decision.verdict.code if decision.verdict else None) == expected["code"]
        assert decision.headers == expected["headers"]
        if "scopes" in expected:
            assert isinstance(decision.verdict, ValidVerdict)
            assert list(decision.verdict.scopes) == expected["scopes"]
        return
    response = decision.response
    assert response.status == expected["status"]
    assert response.headers.items() >= expected["headers"].items()
    assert not response.headers.keys() & set(expected["withoutHeaders"])
    if "body" in expected:
        assert json.loads(response.body) == expected["body"]
