from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from deployment import deployment
from fake_verifiers import FakeVerifiers
from opentelemetry.sdk.trace import TracerProvider

from latchkey import (
    AsyncLatchkey,
    Check,
    ConfigurationError,
    DeniedVerdict,
    Latchkey,
    UnverifiedVerdict,
    ValidVerdict,
    VerdictUnavailableError,
)
from latchkey.testing import FakeLatchkey
from latchkey.verdict import parse_verdict

VALID = {"status": 200, "json": {"valid": True, "code": "VALID", "requestId": "req_1", "keyId": "key_1"}}
FAILING: dict[str, Any] = {"answers": [{"status": 503, "json": {}}]}
HANGING: dict[str, Any] = {"answers": [{"hang": True}]}
WORKING: dict[str, Any] = {"answers": [VALID]}


def test_the_verdict_of_a_real_verifier_arrives_whole() -> None:
    real = deployment()
    with Latchkey(url=f"{real.verifierUrl}/", token=real.serviceToken) as latchkey:
        verdict = latchkey.verify(Check(key=real.secrets["valid"], operation="badges.list"))
        limited = latchkey.verify(Check(key=real.secrets["limited"], operation="badges.list", cost=0))
    assert isinstance(verdict, ValidVerdict)
    assert (verdict.environment, verdict.api, verdict.operation) == ("live", "badges", "badges.list")
    assert verdict.project_id == real.projectId
    assert isinstance(limited, ValidVerdict)
    assert limited.quota
    assert (limited.quota.limit, limited.quota.period) == (1, "day")


def test_a_wrong_service_token_raises_what_latchkey_said() -> None:
    with (
        Latchkey(url=deployment().verifierUrl, token="lk_svc_wrong") as latchkey,
        pytest.raises(ConfigurationError, match=r"Latchkey at http://[\d.:]+ answered 401") as raised,
    ):
        latchkey.verify(Check(key="k"))
    assert (raised.value.status, raised.value.problem["title"]) == (401, "Service token required")


def test_an_error_says_each_fault_of_a_rejected_request() -> None:
    problem = {
        "title": "Invalid request",
        "detail": "The request has errors.",
        "requestId": "req_7",
        "errors": [{"path": "cost", "message": "Expected an integer."}],
    }
    text = r"422 \(req_7\)\. The request has errors\. cost: Expected an integer\."
    with (
        FakeVerifiers([{"answers": [{"status": 422, "json": problem}]}]) as verifiers,
        Latchkey(url=verifiers.urls, token="t", timeout=10) as latchkey,
        pytest.raises(ConfigurationError, match=text),
    ):
        latchkey.verify(Check(key="k"))


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        pytest.param(
            {"status": 308, "text": "", "headers": {"Location": "http://127.0.0.1:9/"}},
            "Redirects are not followed",
            id="a redirect",
        ),
        pytest.param({"status": 404, "text": "<html>"}, "check the URL", id="another server"),
    ],
)
def test_the_error_for_a_wrong_url_says_what_to_do(answer: dict[str, Any], message: str) -> None:
    with (
        FakeVerifiers([{"answers": [answer]}]) as verifiers,
        Latchkey(url=verifiers.urls, token="t", timeout=10) as latchkey,
    ):
        with pytest.raises(ConfigurationError, match=message):
            latchkey.verify(Check(key="k"))
        assert len(verifiers.received) == 1


def test_the_error_without_a_connection_says_which_verifier_cannot_be_reached_and_why() -> None:
    with (
        FakeVerifiers([{"down": True}]) as verifiers,
        Latchkey(url=verifiers.urls, token="t", timeout=10) as latchkey,
    ):
        message = f"The verifier at {verifiers.urls[0]} can't be reached: .*Connection refused"
        with pytest.raises(VerdictUnavailableError, match=message):
            latchkey.verify(Check(key="k"))


def test_no_answer_within_the_timeout_raises() -> None:
    with FakeVerifiers([HANGING]) as verifiers, Latchkey(url=verifiers.urls, token="t", timeout=0.1) as latchkey:
        started_at = time.monotonic()
        with pytest.raises(VerdictUnavailableError, match="did not answer in time"):
            latchkey.verify(Check(key="k"))
        assert 0.09 < time.monotonic() - started_at < 2


def test_certificates_are_read_when_a_client_is_created_and_not_in_the_time_of_a_check(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def verify(latchkey: AsyncLatchkey) -> str:
        async with latchkey:
            return (await latchkey.verify(Check(key="k"))).code

    with FakeVerifiers([WORKING]) as verifiers:
        clients = Latchkey(url=verifiers.urls, token="t"), AsyncLatchkey(url=verifiers.urls, token="t")
        monkeypatch.setattr("ssl.create_default_context", lambda *_, **__: pytest.fail("certificates were read"))
        with clients[0] as latchkey:
            assert latchkey.verify(Check(key="k")).code == "VALID"
        assert asyncio.run(verify(clients[1])) == "VALID"


def test_a_cancelled_check_is_not_retried() -> None:
    async def run(urls: list[str]) -> None:
        async with AsyncLatchkey(url=urls, token="t", timeout=20) as latchkey:
            task = asyncio.create_task(latchkey.verify(Check(key="k")))
            while not verifiers.received:
                await asyncio.sleep(0.001)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    with FakeVerifiers([HANGING, WORKING]) as verifiers:
        asyncio.run(run(verifiers.urls))
        assert len(verifiers.received) == 1


def test_a_verifier_that_fails_five_times_is_not_asked_again_until_its_pause_is_over() -> None:
    now = 0.0

    def attempt() -> str:
        with pytest.raises(VerdictUnavailableError) as raised:
            latchkey.verify(Check(key="k"))
        return str(raised.value)

    with (
        FakeVerifiers([FAILING]) as verifiers,
        Latchkey(url=verifiers.urls, token="t", clock=lambda: now) as latchkey,
    ):
        message = f"The verifier at {verifiers.urls[0]} answered 503."
        assert [attempt() for _ in range(5)] == [message] * 5
        assert attempt() == "Every verifier failed recently."
        assert len(verifiers.received) == 5
        now = 1.0
        assert attempt() == message
        assert len(verifiers.received) == 6


def test_threads_share_kept_connections() -> None:
    with (
        FakeVerifiers([WORKING]) as verifiers,
        Latchkey(url=verifiers.urls, token="t", timeout=10) as latchkey,
        ThreadPoolExecutor(4) as pool,
    ):
        outcomes = list(pool.map(lambda _: latchkey.verify(Check(key="k")).code, range(40)))
        assert outcomes == ["VALID"] * 40
        assert len({check.connection for check in verifiers.received}) <= 4
        assert len({check.idempotency_key for check in verifiers.received}) == 40


def test_each_event_loop_has_its_own_connections() -> None:
    with FakeVerifiers([WORKING]) as verifiers:
        latchkey = AsyncLatchkey(url=verifiers.urls, token="t", timeout=10)

        async def run() -> str:
            try:
                return (await latchkey.verify(Check(key="k"))).code
            finally:
                await latchkey.aclose()

        assert [asyncio.run(run()) for _ in range(2)] == ["VALID"] * 2


def test_a_forked_process_opens_its_own_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeVerifiers([WORKING]) as verifiers, Latchkey(url=verifiers.urls, token="t", timeout=10) as latchkey:
        latchkey.verify(Check(key="parent"))
        with latchkey._connections.use() as of_parent:
            pass
        parent = os.getpid()
        monkeypatch.setattr(os, "getpid", lambda: parent + 1)
        latchkey.verify(Check(key="child"))
        latchkey.close()
        assert not of_parent.is_closed
        of_parent.close()
        assert len({check.connection for check in verifiers.received}) == 2


def test_closing_leaves_checks_of_other_threads_their_verdicts() -> None:
    ends_at = time.monotonic() + 1
    with FakeVerifiers([WORKING]) as verifiers, ThreadPoolExecutor(4) as pool:
        latchkey = Latchkey(url=verifiers.urls, token="t", timeout=10)

        def verify(_: int) -> set[str]:
            codes = set()
            while time.monotonic() < ends_at:
                codes.add(latchkey.verify(Check(key="k")).code)
            return codes

        codes = pool.map(verify, range(4))
        while time.monotonic() < ends_at:
            latchkey.close()
            time.sleep(0.005)
        assert set().union(*codes) == {"VALID"}
        latchkey.close()
        # No attempt was repeated.
        sent = [check.idempotency_key for check in verifiers.received]
        assert len(sent) == len(set(sent))


def test_a_verifier_that_sends_its_answer_slowly_does_not_extend_the_deadline() -> None:
    def slow() -> Any:
        for _ in range(200):
            time.sleep(0.01)
            yield b" "

    transport = httpx.MockTransport(lambda _request: httpx.Response(200, content=slow()))
    latchkey = Latchkey(url="http://verifier", token="t", timeout=0.1, transport=transport)
    started_at = time.monotonic()
    with pytest.raises(VerdictUnavailableError, match="did not answer in time"):
        latchkey.verify(Check(key="k"))
    assert time.monotonic() - started_at < 1


def test_an_answer_without_end_is_not_read_to_its_end() -> None:
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, content=iter([b" " * 65_536] * 100)))
    latchkey = Latchkey(url="http://verifier", token="t", timeout=10, transport=transport)
    with pytest.raises(VerdictUnavailableError, match="too large"):
        latchkey.verify(Check(key="k"))


def test_texts_that_no_16_kib_body_can_hold_are_left_out() -> None:
    with FakeVerifiers([WORKING]) as verifiers, Latchkey(url=verifiers.urls, token="t") as latchkey:
        long = "\u4e00" * 5_000
        latchkey.verify(Check(key="k", method="GET", path=f"/{long}", referrer=long, origin=long))
        body = verifiers.received[0].body
    assert len(json.dumps(body, ensure_ascii=False).encode()) <= 16 * 1024
    assert body == {"key": "k", "method": "GET", "path": f"/{long}"[:4_000]}


def test_a_lone_surrogate_is_sent_as_json_escapes_it() -> None:
    with FakeVerifiers([WORKING]) as verifiers, Latchkey(url=verifiers.urls, token="t") as latchkey:
        latchkey.verify(Check(key="k\udc80"))
        assert verifiers.received[0].body == {"key": "k\udc80"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"url": [], "token": "t"}, "at least one verifier"),
        ({"url": "localhost:3001", "token": "t"}, "not an http or https URL"),
        ({"url": "http://localhost:3001", "token": ""}, "service token"),
        ({"url": "http://localhost:3001", "token": "lk_svc_\u2026"}, "a character that no token has"),
        ({"url": "", "token": "t"}, "environment variable"),
        ({"url": "http://localhost:3001", "token": "t", "timeout": 0}, "timeout"),
    ],
)
def test_options_that_cannot_work_are_rejected(options: dict[str, Any], message: str) -> None:
    for client in (Latchkey, AsyncLatchkey):
        with pytest.raises(ValueError, match=message):
            client(**options)


def test_on_unavailable_may_be_a_coroutine() -> None:
    async def allow(_error: VerdictUnavailableError, check: Check) -> Any:
        return "allow" if check.key == "k" else "reject"

    async def run() -> None:
        async with AsyncLatchkey(url=verifiers.urls, token="t", on_unavailable=allow) as latchkey:
            reason = f"The verifier at {verifiers.urls[0]} answered 503."
            assert await latchkey.verify(Check(key="k")) == UnverifiedVerdict(reason=reason)
            with pytest.raises(VerdictUnavailableError):
                await latchkey.verify(Check(key="other"))

    with FakeVerifiers([FAILING]) as verifiers:
        asyncio.run(run())


def test_the_outcome_is_added_to_the_active_span_without_the_key() -> None:
    real = deployment()
    assert "opentelemetry.trace" in sys.modules
    tracer = TracerProvider().get_tracer("test")
    with (
        Latchkey(url=real.verifierUrl, token=real.serviceToken) as latchkey,
        tracer.start_as_current_span("request") as span,
    ):
        latchkey.verify(Check(key=real.secrets["revoked"]))
        attributes = dict(getattr(span, "attributes"))  # noqa: B009 - only the SDK's span has attributes
    assert attributes["latchkey.valid"] is False
    assert attributes["latchkey.code"] == "KEY_REVOKED"
    assert attributes["latchkey.key_id"]
    assert real.secrets["revoked"] not in repr(attributes)


def test_the_fake_answers_from_its_list_and_remembers_what_it_was_asked() -> None:
    fake = FakeLatchkey({"good": {"name": "mine"}, "slow": "RATE_LIMITED"})
    good = fake.verify(Check(key="good", api="badges"))
    assert isinstance(good, ValidVerdict)
    assert good.name == "mine"
    slow = fake.verify(Check(key="slow"))
    assert isinstance(slow, DeniedVerdict)
    assert (slow.code, slow.retry_after_ms) == ("RATE_LIMITED", 1_000)
    assert [fake.verify(Check(key=key)).code for key in ("other", None)] == ["KEY_NOT_FOUND", "KEY_MISSING"]
    assert [check.key for check in fake.checks] == ["good", "slow", "other", None]
    fake.is_unavailable = True
    with pytest.raises(VerdictUnavailableError):
        fake.verify(Check(key="good"))


def test_a_verdict_says_whose_the_key_is_unless_the_verifier_is_older() -> None:
    verdict = parse_verdict({"valid": True, "code": "VALID", "tags": ["eu", 1], "externalId": "cus_7"})
    assert isinstance(verdict, ValidVerdict)
    assert (verdict.external_id, verdict.tags) == ("cus_7", ("eu",))
    older = parse_verdict({"valid": True, "code": "VALID"})
    assert isinstance(older, ValidVerdict)
    assert (older.external_id, older.tags, older.description) == (None, (), "")
