package latchkey

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Response is given to a caller instead of the service's own.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Write sends the response.
func (r *Response) Write(w http.ResponseWriter) {
	for name, values := range r.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(r.Status)
	// The caller may have disconnected: there is nobody to report to.
	_, _ = w.Write(r.Body)
}

type problemBody struct {
	Type      string             `json:"type"`
	Title     string             `json:"title"`
	Status    int                `json:"status"`
	Detail    string             `json:"detail"`
	Code      Code               `json:"code,omitempty"`
	RequestID string             `json:"requestId,omitempty"`
	Observed  *map[string]string `json:"observed,omitempty"`
}

// StatusOf returns the HTTP status with which a service answers a denial: 401, 403 or 429. Unknown codes are 403.
func StatusOf(code Code) int {
	switch {
	case code == CodeRateLimited || code == CodeQuotaExceeded:
		return http.StatusTooManyRequests
	case strings.HasPrefix(string(code), "KEY_"):
		return http.StatusUnauthorized
	default:
		return http.StatusForbidden
	}
}

// DenialResponse answers a denied request: 401, 403 or 429 with a problem (RFC 9457), WWW-Authenticate (RFC 6750),
// Retry-After, and RateLimit (IETF httpapi draft) where a limit is set.
func DenialResponse(verdict *Verdict, now time.Time) *Response {
	status := StatusOf(verdict.Code)
	header := limitHeader(verdict, now)
	header.Set("Content-Type", "application/problem+json")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Request-Id", verdict.RequestID)
	if challenge := challengeOf(verdict.Code, status); challenge != "" {
		header.Set("WWW-Authenticate", challenge)
	}
	if verdict.RetryAfterMs != nil {
		header.Set("Retry-After", seconds(max(1, *verdict.RetryAfterMs)))
	}
	observed := verdict.Observed
	if observed == nil {
		observed = map[string]string{}
	}
	return &Response{Status: status, Header: header, Body: encodeJSON(problemBody{
		Type:      "about:blank",
		Title:     titleOf(verdict.Code, status),
		Status:    status,
		Detail:    verdict.Message,
		Code:      verdict.Code,
		RequestID: verdict.RequestID,
		Observed:  &observed,
	})}
}

// challengeOf follows RFC 6750, section 3: no error code for a request without credentials.
func challengeOf(code Code, status int) string {
	const realm = `Bearer realm="API key"`
	switch {
	case code == CodeKeyMissing:
		return realm
	case status == http.StatusUnauthorized:
		return fmt.Sprintf(`%s, error="invalid_token", error_description="%s"`, realm, code)
	case code == "SCOPE_NOT_GRANTED":
		return fmt.Sprintf(`%s, error="insufficient_scope", error_description="%s"`, realm, code)
	}
	return ""
}

func titleOf(code Code, status int) string {
	switch {
	case code == CodeKeyMissing:
		return "API key required"
	case status == http.StatusUnauthorized:
		return "Invalid API key"
	case status == http.StatusForbidden:
		return "Request not allowed"
	default:
		return "Too many requests"
	}
}

// unavailableResponse says nothing about the reason, which is the service's own matter.
func unavailableResponse(err error) *Response {
	header := http.Header{}
	header.Set("Content-Type", "application/problem+json")
	header.Set("Cache-Control", "no-store")
	var unavailable *UnavailableError
	if errors.As(err, &unavailable) {
		header.Set("Retry-After", "1")
	}
	return &Response{Status: http.StatusServiceUnavailable, Header: header, Body: encodeJSON(problemBody{
		Type:   "about:blank",
		Title:  "API keys can't be verified",
		Status: http.StatusServiceUnavailable,
		Detail: "The service can't verify API keys right now. Try again later.",
	})}
}

// limitHeader follows the IETF httpapi draft: "default" is a rate, "quota" a quota, and a limit of a plan has its own
// name.
func limitHeader(verdict *Verdict, now time.Time) http.Header {
	header := http.Header{}
	var policies, states []string
	if rate := verdict.RateLimit; rate != nil {
		name := rate.Policy.or("default")
		policies = append(policies, fmt.Sprintf(`"%s";q=%d;w=%d`, name, rate.Limit, rate.WindowSeconds))
		states = append(states, fmt.Sprintf(`"%s";r=%d;t=%s`, name, rate.Remaining, seconds(rate.ResetMs)))
	}
	if quota := verdict.Quota; quota != nil {
		start, end := periodAt(quota.Period, now)
		name := quota.Policy.or("quota")
		policies = append(policies, fmt.Sprintf(`"%s";q=%d;w=%s`, name, quota.Limit, seconds(end.Sub(start).Milliseconds())))
		states = append(states, fmt.Sprintf(`"%s";r=%d;t=%s`, name, quota.Remaining, seconds(end.Sub(now).Milliseconds())))
	}
	if len(policies) > 0 {
		header.Set("RateLimit-Policy", strings.Join(policies, ", "))
		header.Set("RateLimit", strings.Join(states, ", "))
	}
	return header
}

// periodAt returns start and end of the calendar day or month that contains now, UTC.
func periodAt(period string, now time.Time) (start, end time.Time) {
	year, month, day := now.UTC().Date()
	if period == "day" {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC), time.Date(year, month, day+1, 0, 0, 0, 0, time.UTC)
	}
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC), time.Date(year, month+1, 1, 0, 0, 0, 0, time.UTC)
}

// seconds returns whole seconds for a header, rounded up: waiting that long is always long enough.
func seconds(ms int64) string { return strconv.FormatInt((ms+999)/1_000, 10) }
