// Package latchkeytest has a fake for the tests of a service that verifies API keys.
package latchkeytest

import (
	"context"
	"fmt"
	"sync"

	latchkey "github.com/latchkey/latchkey/sdk/go"
)

// Keys maps the text that a caller sends to what is answered: an empty verdict for a valid key, a code to deny with, or
// any fields of a verdict.
type Keys map[string]latchkey.Verdict

// Fake verifies keys from a list instead of asking a verifier. It is safe for concurrent use.
type Fake struct {
	mu            sync.Mutex
	keys          Keys
	checks        []latchkey.Check
	isUnavailable bool
}

var _ latchkey.Verifier = (*Fake)(nil)

// New returns a fake that knows keys. Any other key is KEY_NOT_FOUND.
func New(keys Keys) *Fake { return &Fake{keys: keys} }

// SetUnavailable makes the fake fail as if no verifier could be reached.
func (f *Fake) SetUnavailable(isUnavailable bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.isUnavailable = isUnavailable
}

// Checks returns what the fake was asked, oldest first.
func (f *Fake) Checks() []latchkey.Check {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]latchkey.Check(nil), f.checks...)
}

// Verify implements latchkey.Verifier.
func (f *Fake) Verify(ctx context.Context, check latchkey.Check) (*latchkey.Verdict, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.checks = append(f.checks, check)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if f.isUnavailable {
		return nil, &latchkey.UnavailableError{Message: "The fake is unavailable."}
	}
	verdict, isKnown := f.keys[check.Key]
	switch {
	case check.Key == "":
		verdict = latchkey.Verdict{Code: latchkey.CodeKeyMissing}
	case !isKnown:
		verdict = latchkey.Verdict{Code: latchkey.CodeKeyNotFound}
	}
	verdict.RequestID = fmt.Sprintf("req_fake%d", len(f.checks))
	if verdict.Code == "" || verdict.Code == latchkey.CodeValid {
		return valid(verdict, check), nil
	}
	return denied(verdict), nil
}

func valid(verdict latchkey.Verdict, check latchkey.Check) *latchkey.Verdict {
	verdict.Valid, verdict.Code = true, latchkey.CodeValid
	defaultTo(&verdict.KeyID, "key_fake")
	defaultTo(&verdict.SecretID, "sec_fake")
	defaultTo(&verdict.ProjectID, "prj_fake")
	defaultTo(&verdict.Name, "fake key")
	defaultTo(&verdict.API, check.API)
	defaultTo(&verdict.API, "fake")
	defaultTo(&verdict.Operation, check.Operation)
	if verdict.Environment == "" {
		verdict.Environment = latchkey.Test
	}
	if verdict.Metadata == nil {
		verdict.Metadata = map[string]any{}
	}
	return &verdict
}

func denied(verdict latchkey.Verdict) *latchkey.Verdict {
	verdict.Valid = false
	defaultTo(&verdict.Message, fmt.Sprintf("The fake denies with %s.", verdict.Code))
	if verdict.Observed == nil {
		verdict.Observed = map[string]string{}
	}
	isLimit := verdict.Code == latchkey.CodeRateLimited || verdict.Code == latchkey.CodeQuotaExceeded
	if isLimit && verdict.RetryAfterMs == nil {
		second := int64(1_000)
		verdict.RetryAfterMs = &second
	}
	return &verdict
}

func defaultTo(field *string, value string) {
	if *field == "" {
		*field = value
	}
}
