package latchkey

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

const (
	verifyPath = "/api/v1/keys/verify"
	// maxIdleConnections to one verifier: the standard two would open a new connection for most concurrent checks.
	maxIdleConnections = 128
	// maxAnswerBytes bounds what is read of an answer; a verdict is far smaller.
	maxAnswerBytes = 1 << 20
)

// pool sends requests to the first verifier that works, and tries once more when it fails.
type pool struct {
	verifiers []*verifier
	http      http.Client
	token     string
	timeout   time.Duration
	now       func() time.Time
}

type verifier struct {
	url string
	// origin is its name in messages.
	origin  string
	breaker breaker
}

// attemptError is a failed attempt. If it neither timed out nor was answered, the same verifier may answer at once.
type attemptError struct {
	message  string
	timedOut bool
	answered bool
	cause    error
}

func (e *attemptError) Error() string { return e.message }

func (e *attemptError) unavailable() *UnavailableError {
	return &UnavailableError{Message: e.message, Err: e.cause}
}

func defaultTransport() http.RoundTripper {
	standard, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport
	}
	transport := standard.Clone()
	transport.MaxIdleConns = 0
	transport.MaxIdleConnsPerHost = maxIdleConnections
	return transport
}

func newPool(options Options) *pool {
	p := &pool{token: options.Token, timeout: options.Timeout, now: options.Now}
	p.http = withoutRedirects(options.Transport)
	for _, base := range options.URLs {
		p.verifiers = append(p.verifiers, &verifier{url: withoutSlash(base), origin: originOf(base)})
	}
	return p
}

// verify returns the verdict, or an *UnavailableError, a *ConfigurationError or the error of ctx.
func (p *pool) verify(ctx context.Context, body []byte) (*Verdict, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	budget := p.timeout
	// Leaves time for the second verifier, and doesn't blame the first for a deadline that was too short.
	isShortened := false
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < budget {
		budget, isShortened = max(0, time.Until(deadline)), true
	}
	endsAt := time.Now().Add(budget)
	request := checkRequest{body: body, idempotencyKey: newIdempotencyKey(), isShortened: isShortened}

	first, begun, other := p.choose()
	if first == nil {
		return nil, &UnavailableError{Message: "Every verifier failed recently."}
	}
	limit := budget
	if other != nil {
		limit = budget / 2
	}
	verdict, err := p.send(ctx, first, begun, request, limit)
	var failed *attemptError
	if !errors.As(err, &failed) {
		return verdict, err
	}
	second := other
	if second == nil && !failed.timedOut && !failed.answered {
		second = first
	}
	left := time.Until(endsAt)
	if second == nil || left <= 0 {
		return nil, failed.unavailable()
	}
	begun = second.breaker.begin(p.now())
	if begun == nil {
		return nil, failed.unavailable()
	}
	verdict, err = p.send(ctx, second, begun, request, left)
	if errors.As(err, &failed) {
		return nil, failed.unavailable()
	}
	return verdict, err
}

// choose returns the first verifier that may be asked, and the next one after it.
func (p *pool) choose() (first *verifier, begun *attempt, other *verifier) {
	now := p.now()
	for _, candidate := range p.verifiers {
		if first == nil {
			if begun = candidate.breaker.begin(now); begun != nil {
				first = candidate
			}
		} else if candidate.breaker.allows(now) {
			return first, begun, candidate
		}
	}
	return first, begun, nil
}

type checkRequest struct {
	body []byte
	// idempotencyKey is the same for both attempts: a verifier that already counted the first doesn't count the second.
	idempotencyKey string
	// isShortened says that the caller's deadline is earlier than the timeout of the options.
	isShortened bool
}

func (p *pool) send(
	ctx context.Context, to *verifier, begun *attempt, check checkRequest, limit time.Duration,
) (*Verdict, error) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	verdict, err := p.exchange(limited, to, check)
	var misconfigured *ConfigurationError
	var failed *attemptError
	switch {
	case err == nil || errors.As(err, &misconfigured):
		begun.succeed()
		return verdict, err
	case ctx.Err() != nil:
		begun.abandon()
		return nil, context.Cause(ctx)
	case errors.As(err, &failed):
		begun.fail(p.now())
		return nil, failed
	case limited.Err() != nil:
		if check.isShortened {
			begun.abandon()
		} else {
			begun.fail(p.now())
		}
		return nil, &attemptError{message: fmt.Sprintf("The verifier at %s did not answer in time.", to.origin), timedOut: true}
	default:
		begun.fail(p.now())
		return nil, &attemptError{message: fmt.Sprintf("The verifier at %s can't be reached", to.origin), cause: causeOf(err)}
	}
}

// causeOf removes the method and the URL, which the message has already.
func causeOf(err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

// exchange sends one request. net/http itself repeats it if a kept connection turns out to be closed, which the
// idempotency key makes safe.
func (p *pool) exchange(ctx context.Context, to *verifier, check checkRequest) (*Verdict, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, to.url+verifyPath, bytes.NewReader(check.body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+p.token)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Idempotency-Key", check.idempotencyKey)
	response, err := p.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := readAll(response, maxAnswerBytes)
	if errors.Is(err, errTooLarge) {
		message := fmt.Sprintf("The answer of the verifier at %s is too large.", to.origin)
		return nil, &attemptError{message: message, answered: true}
	}
	if err != nil {
		return nil, err
	}
	return readAnswer(response.StatusCode, body, to.origin)
}

func readAnswer(status int, body []byte, origin string) (*Verdict, error) {
	if status == http.StatusOK {
		if verdict := parseVerdict(body); verdict != nil {
			return verdict, nil
		}
		return nil, &attemptError{message: fmt.Sprintf("The verifier at %s answered without a verdict.", origin), answered: true}
	}
	if isTransient(status) {
		return nil, &attemptError{message: fmt.Sprintf("The verifier at %s answered %d.", origin, status), answered: true}
	}
	var problem Problem
	if json.Unmarshal(body, &problem) != nil {
		problem = Problem{}
	}
	return nil, &ConfigurationError{Status: status, Problem: problem, Origin: origin}
}

// isTransient says whether another verifier, or the same one later, may not answer with this status.
func isTransient(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

func newIdempotencyKey() string {
	var random [16]byte
	if _, err := rand.Read(random[:]); err != nil {
		panic(err)
	}
	return fmt.Sprintf("%x", random)
}
