package latchkey

import (
	"testing"
	"time"
)

// failAt fails one permitted request at each of these times, ms.
func failAt(t *testing.T, b *breaker, times ...int64) {
	t.Helper()
	for _, ms := range times {
		begun := b.begin(time.UnixMilli(ms))
		if begun == nil {
			t.Fatalf("no request is permitted at %d", ms)
		}
		begun.fail(time.UnixMilli(ms))
	}
}

func expectAllowed(t *testing.T, b *breaker, ms int64, want bool) {
	t.Helper()
	if allowed := b.allows(time.UnixMilli(ms)); allowed != want {
		t.Fatalf("at %d ms a request is allowed: %t", ms, allowed)
	}
}

func TestFiveFailuresInARowStopRequestsForASecond(t *testing.T) {
	var b breaker
	failAt(t, &b, 0, 1, 2, 3)
	expectAllowed(t, &b, 4, true)
	failAt(t, &b, 4)
	expectAllowed(t, &b, 5, false)
	expectAllowed(t, &b, 1_003, false)
	expectAllowed(t, &b, 1_004, true)
}

func TestASuccessBetweenFailuresStartsTheCountAgain(t *testing.T) {
	var b breaker
	failAt(t, &b, 0, 0, 0, 0)
	b.begin(time.UnixMilli(0)).succeed()
	failAt(t, &b, 0, 0, 0, 0)
	expectAllowed(t, &b, 0, true)
}

func TestAfterThePauseASingleRequestTriesTheVerifier(t *testing.T) {
	var b breaker
	failAt(t, &b, 0, 0, 0, 0, 0)
	now := time.UnixMilli(1_000)
	trial := b.begin(now)
	if trial == nil || b.begin(now) != nil {
		t.Fatal("not exactly one request is permitted")
	}
	trial.abandon()
	expectAllowed(t, &b, 1_000, true)
	b.begin(now).succeed()
	expectAllowed(t, &b, 1_000, true)
	failAt(t, &b, 1_000, 1_000, 1_000, 1_000)
	expectAllowed(t, &b, 1_000, true)
}

func TestEachFailedTryDoublesThePauseUpTo30Seconds(t *testing.T) {
	var b breaker
	failAt(t, &b, 0, 0, 0, 0, 0)
	now := int64(1_000)
	for _, want := range []int64{2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000} {
		failAt(t, &b, now)
		expectAllowed(t, &b, now+want-1, false)
		now += want
	}
}

func TestAFailureOfARequestFromBeforeTheOpeningChangesNothing(t *testing.T) {
	var b breaker
	early, late := b.begin(time.UnixMilli(0)), b.begin(time.UnixMilli(0))
	failAt(t, &b, 0, 0, 0, 0, 0)
	early.fail(time.UnixMilli(500))
	trial := b.begin(time.UnixMilli(1_000))
	late.fail(time.UnixMilli(1_000))
	if b.begin(time.UnixMilli(60_000)) != nil {
		t.Fatal("a second request tries the verifier")
	}
	trial.fail(time.UnixMilli(1_000))
	expectAllowed(t, &b, 2_999, false)
	expectAllowed(t, &b, 3_000, true)
}

func TestRequestsFromBeforeTheBreakerClosedAgainAreNotCounted(t *testing.T) {
	var b breaker
	var old []*attempt
	for range 5 {
		old = append(old, b.begin(time.UnixMilli(0)))
	}
	failAt(t, &b, 0, 0, 0, 0, 0)
	b.begin(time.UnixMilli(1_000)).succeed()
	for _, begun := range old {
		begun.fail(time.UnixMilli(1_000))
	}
	expectAllowed(t, &b, 1_000, true)
	failAt(t, &b, 1_000, 1_000, 1_000, 1_000)
	expectAllowed(t, &b, 1_000, true)
}

func TestAnAnswerToAnEarlierRequestClosesTheBreakerWhateverComesOfTheTry(t *testing.T) {
	var b breaker
	slow := b.begin(time.UnixMilli(0))
	failAt(t, &b, 0, 0, 0, 0, 0)
	trial := b.begin(time.UnixMilli(1_000))
	slow.succeed()
	trial.fail(time.UnixMilli(1_000))
	expectAllowed(t, &b, 1_000, true)
	failAt(t, &b, 1_000, 1_000, 1_000, 1_000)
	expectAllowed(t, &b, 1_000, true)
	failAt(t, &b, 1_000)
	expectAllowed(t, &b, 1_999, false)
	expectAllowed(t, &b, 2_000, true)
}
