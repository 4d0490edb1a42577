package latchkey

import (
	"sync"
	"time"
)

const (
	// failuresToOpen is the number of failures in a row after which a verifier is not asked for a while.
	failuresToOpen = 5
	firstPause     = time.Second
	maxPause       = 30 * time.Second
)

// breaker stops requests to a verifier that fails. After a pause, one request tries it again; the pause doubles with
// each failed try, up to 30 seconds.
type breaker struct {
	mu        sync.Mutex
	failures  int
	pause     time.Duration
	openUntil time.Time
	trying    bool
	// period is how often the breaker has closed again. Failures of requests from before that say nothing new.
	period int
}

// attempt is a request that a breaker permitted. Exactly one of its methods must be called.
type attempt struct {
	breaker *breaker
	isTrial bool
	period  int
}

// allows says whether begin would permit a request.
func (b *breaker) allows(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.isClosed() || b.mayTry(now)
}

// begin returns nil if no request may be sent.
func (b *breaker) begin(now time.Time) *attempt {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.isClosed() {
		return &attempt{breaker: b, period: b.period}
	}
	if !b.mayTry(now) {
		return nil
	}
	b.trying = true
	return &attempt{breaker: b, isTrial: true, period: b.period}
}

func (b *breaker) isClosed() bool { return b.failures < failuresToOpen }

func (b *breaker) mayTry(now time.Time) bool { return !b.trying && !now.Before(b.openUntil) }

func (a *attempt) succeed() {
	b := a.breaker
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.isClosed() {
		b.period++
	}
	b.failures, b.pause, b.trying = 0, firstPause, false
}

// fail ignores a request that was sent before the breaker opened: the pause counts from then.
func (a *attempt) fail(now time.Time) {
	b := a.breaker
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case a.period != b.period:
	case a.isTrial:
		b.trying = false
		b.pause = min(2*b.pause, maxPause)
		b.openUntil = now.Add(b.pause)
	case b.isClosed():
		b.failures++
		if !b.isClosed() {
			b.pause = firstPause
			b.openUntil = now.Add(b.pause)
		}
	}
}

// abandon ends a request whose outcome says nothing about the verifier, for example because the caller canceled it.
func (a *attempt) abandon() {
	if !a.isTrial {
		return
	}
	b := a.breaker
	b.mu.Lock()
	defer b.mu.Unlock()
	if a.period == b.period {
		b.trying = false
	}
}
