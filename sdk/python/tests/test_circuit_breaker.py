from __future__ import annotations

from latchkey.circuit_breaker import CircuitBreaker


def fail(breaker: CircuitBreaker, now: float) -> None:
    assert breaker.begin(now)
    breaker.fail(now)


def opened() -> CircuitBreaker:
    breaker = CircuitBreaker()
    for _ in range(5):
        fail(breaker, 0)
    return breaker


def test_four_failures_and_a_success_change_nothing() -> None:
    breaker = CircuitBreaker()
    for _ in range(3):
        for _ in range(4):
            fail(breaker, 0)
        assert breaker.begin(0)
        breaker.succeed()
    assert breaker.allows(0)


def test_five_failures_in_a_row_pause_requests_for_a_second_then_one_tries() -> None:
    breaker = opened()
    assert not breaker.allows(0.999)
    assert breaker.begin(1)
    assert not breaker.begin(1)
    breaker.succeed()
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
    assert breaker.begin(1)
    breaker.abandon()
    assert breaker.begin(1)
