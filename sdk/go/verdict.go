package latchkey

import (
	"context"
	"encoding/json"
	"time"
)

// Code says why a key may or may not pass. Later versions add codes; treat those that you don't know as denials.
type Code string

// The codes of verdicts (docs/integrate/verify-keys.md).
const (
	CodeValid               Code = "VALID"
	CodeKeyMissing          Code = "KEY_MISSING"
	CodeKeyMalformed        Code = "KEY_MALFORMED"
	CodeKeyNotFound         Code = "KEY_NOT_FOUND"
	CodeKeyRevoked          Code = "KEY_REVOKED"
	CodeKeyDisabled         Code = "KEY_DISABLED"
	CodeKeyExpired          Code = "KEY_EXPIRED"
	CodeKeyRotated          Code = "KEY_ROTATED"
	CodeProjectSuspended    Code = "PROJECT_SUSPENDED"
	CodeAPINotEnabled       Code = "API_NOT_ENABLED"
	CodeAPINotAllowed       Code = "API_NOT_ALLOWED"
	CodeOperationNotAllowed Code = "OPERATION_NOT_ALLOWED"
	CodeScopeNotGranted     Code = "SCOPE_NOT_GRANTED"
	CodeClientIPUnknown     Code = "CLIENT_IP_UNKNOWN"
	CodeIPNotAllowed        Code = "IP_NOT_ALLOWED"
	CodeReferrerNotAllowed  Code = "REFERRER_NOT_ALLOWED"
	CodeAppNotAllowed       Code = "APP_NOT_ALLOWED"
	CodeRateLimited         Code = "RATE_LIMITED"
	CodeQuotaExceeded       Code = "QUOTA_EXCEEDED"
	// CodeUnverified marks a request that Options.OnUnavailable let pass without a verdict. It is counted nowhere.
	CodeUnverified Code = "UNVERIFIED"
)

// Environment of a key: "live" or "test".
type Environment string

// The environments of keys.
const (
	Live Environment = "live"
	Test Environment = "test"
)

// Verdict is the answer to a check. Valid says whether the request may pass.
type Verdict struct {
	Valid     bool   `json:"valid"`
	Code      Code   `json:"code"`
	RequestID string `json:"requestId"`

	// Known once the key is, for a denial too.
	KeyID       string      `json:"keyId"`
	ProjectID   string      `json:"projectId"`
	Name        string      `json:"name"`
	Environment Environment `json:"environment"`

	// Of a valid key only.
	SecretID  string         `json:"secretId"`
	API       string         `json:"api"`
	Operation string         `json:"operation"`
	Metadata  map[string]any `json:"metadata"`
	// Scopes that the key has for the API: all that the API declares unless it is limited to some.
	Scopes []string `json:"scopes"`
	// ExpiresAt is nil for a key without an end.
	ExpiresAt *time.Time `json:"expiresAt"`
	// Rotation is set if the secret is being replaced.
	Rotation *Rotation `json:"rotation"`

	// Of a key with limits only.
	RateLimit *RateLimit `json:"rateLimit"`
	Quota     *Quota     `json:"quota"`

	// Message says what the caller's developer can do about a denial. For CodeUnverified: why there is no verdict.
	Message string `json:"message"`
	// Observed has the values that the rule of a denial checked.
	Observed map[string]string `json:"observed"`
	// RetryAfterMs is set for a limit: how long until the same request would pass, ms.
	RetryAfterMs *int64 `json:"retryAfterMs"`
}

// Rotation says when a secret that is being replaced stops working.
type Rotation struct {
	LapsesAt time.Time `json:"lapsesAt"`
}

// RateLimit is the state of a rate limit: at most Limit units in any span of WindowSeconds.
type RateLimit struct {
	Limit         int64 `json:"limit"`
	WindowSeconds int64 `json:"windowSeconds"`
	Remaining     int64 `json:"remaining"`
	// ResetMs is how long until the oldest used units become available again, ms.
	ResetMs int64 `json:"resetMs"`
	// Policy is set if the limit belongs to a plan.
	Policy *LimitPolicy `json:"policy"`
}

// Quota is the state of a quota: at most Limit units in a calendar period, UTC.
type Quota struct {
	Limit int64 `json:"limit"`
	// Period is "day" or "month".
	Period    string    `json:"period"`
	Remaining int64     `json:"remaining"`
	ResetAt   time.Time `json:"resetAt"`
	// Policy is set if the quota belongs to a plan.
	Policy *LimitPolicy `json:"policy"`
}

// LimitPolicy names the plan that a limit belongs to, and the limit.
type LimitPolicy struct {
	Plan string `json:"plan"`
	Name string `json:"name"`
}

// or is the limit's name, or the one of limits without a plan.
func (policy *LimitPolicy) or(name string) string {
	if policy == nil || policy.Name == "" {
		return name
	}
	return policy.Name
}

// Check is what a service asks about one request. Empty fields mean "not sent".
type Check struct {
	// Key as the caller sent it.
	Key string `json:"key,omitempty"`
	// API is the slug of the API being called; by default the client's.
	API string `json:"api,omitempty"`
	// Operation being called, or Method and Path instead.
	Operation string `json:"operation,omitempty"`
	Method    string `json:"method,omitempty"`
	// Path of the request as received, without the query.
	Path string `json:"path,omitempty"`
	// ClientIP is the caller's IP address, with or without port. Never a value that the caller can write.
	ClientIP        string `json:"clientIp,omitempty"`
	Referrer        string `json:"referrer,omitempty"`
	Origin          string `json:"origin,omitempty"`
	AndroidPackage  string `json:"androidPackage,omitempty"`
	AndroidCertSHA1 string `json:"androidCertSha1,omitempty"`
	IOSBundleID     string `json:"iosBundleId,omitempty"`
	// RequiredScopes are scopes that the key must have, besides those that the API's operation needs.
	RequiredScopes []string `json:"requiredScopes,omitempty"`
	// Cost is how many units to take from rate limits and quotas: 0 to 1,000. Nil means 1; 0 verifies without consuming.
	Cost *int `json:"cost,omitempty"`
}

// Verifier verifies keys: a Client, or a fake in tests.
type Verifier interface {
	// Verify returns the verdict on a check, also for a denied key. The error is an *UnavailableError if no verifier
	// answered in time, a *ConfigurationError if Latchkey rejected the service's own request, or that of ctx.
	Verify(ctx context.Context, check Check) (*Verdict, error)
}

// parseVerdict returns nil for anything but a verdict: that is a failure of the verifier.
func parseVerdict(body []byte) *Verdict {
	var shape struct {
		Valid *bool
		Code  *Code
	}
	if json.Unmarshal(body, &shape) != nil || shape.Valid == nil || shape.Code == nil {
		return nil
	}
	var verdict Verdict
	if *shape.Valid != (*shape.Code == CodeValid) || json.Unmarshal(body, &verdict) != nil {
		return nil
	}
	return &verdict
}
