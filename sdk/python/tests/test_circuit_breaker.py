from __future__ import annotations

from latchkey.circuit_breaker import CircuitBreaker, Permit


def begin(breaker: CircuitBreaker, now: float) -> Permit:
    """A permitted request."""
    permit = breaker.begin(now)
    assert permit is not None
    return permit


def fail(breaker: CircuitBreaker, now: float, times: int = 1) -> None:
    for _ in range(times):
        begin(breaker, now).fail(now)


def opened() -> CircuitBreaker:
    breaker = CircuitBreaker()
    fail(breaker, 0, times=5)
    return breaker


def test_four_failures_and_a_success_change_nothing() -> None:
    breaker = CircuitBreaker()
    for _ in range(3):
        fail(breaker, 0, times=4)
        begin(breaker, 0).succeed()
    assert breaker.allows(0)


def test_five_failures_in_a_row_pause_requests_for_a_second_then_one_tries() -> None:
    breaker = opened()
    assert not breaker.allows(0.999)
    trial = begin(breaker, 1)
    assert not breaker.begin(1)
    trial.succeed()
    assert breaker.begin(1)
    assert breaker.begin(1)


def test_the_pause_doubles_up_to_30_seconds() -> None:
    breaker = opened()
    now, pauses = 1.0, []
    for _ in range(6):
        fail(breaker, now)
        pause = next(seconds for seconds in (1, 2, 4, 8, 16, 30) if breaker.allows(now + seconds))
        pauses.append(pause)
        now += pause
    assert pauses == [2, 4, 8, 16, 30, 30]


def test_an_abandoned_try_lets_another_one_try() -> None:
    breaker = opened()
    begin(breaker, 1).abandon()
    assert breaker.begin(1)


def test_requests_from_before_the_opening_neither_lengthen_the_pause_nor_end_a_try() -> None:
    breaker = CircuitBreaker()
    early, failing, canceled = begin(breaker, 0), begin(breaker, 0), begin(breaker, 0)
    fail(breaker, 0, times=5)
    early.fail(0.5)
    trial = begin(breaker, 1)
    failing.fail(1)
    canceled.abandon()
    assert not breaker.begin(60)
    trial.fail(1)
    assert not breaker.allows(2.999)
    assert breaker.allows(3)


def test_requests_that_were_sent_before_the_breaker_closed_again_are_not_counted() -> None:
    breaker = CircuitBreaker()
    old = [begin(breaker, 0) for _ in range(5)]
    fail(breaker, 0, times=5)
    begin(breaker, 1).succeed()
    for permit in old:
        permit.fail(1)
    assert breaker.allows(1)
    fail(breaker, 1, times=4)
    assert breaker.allows(1)


def test_an_answer_to_an_earlier_request_closes_the_breaker_whatever_comes_of_the_try() -> None:
    breaker = CircuitBreaker()
    slow = begin(breaker, 0)
    fail(breaker, 0, times=5)
    trial = begin(breaker, 1)
    slow.succeed()
    trial.fail(1)
    assert breaker.allows(1)
    fail(breaker, 1, times=4)
    assert breaker.allows(1)
    fail(breaker, 1)
    assert not breaker.allows(1.999)
    assert breaker.allows(2)
