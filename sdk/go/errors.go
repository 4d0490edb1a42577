package latchkey

import (
	"fmt"
	"strings"
)

// UnavailableError means that no verifier gave a verdict in time. Answer the caller with 503.
type UnavailableError struct {
	Message string
	// Err is the cause, for example a network error; nil if a verifier answered.
	Err error
}

func (e *UnavailableError) Error() string {
	if e.Err == nil {
		return "latchkey: " + e.Message
	}
	return "latchkey: " + e.Message + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *UnavailableError) Unwrap() error { return e.Err }

// Problem is the body of a Latchkey answer that is not a verdict (RFC 9457).
type Problem struct {
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Detail    string         `json:"detail"`
	Code      string         `json:"code"`
	RequestID string         `json:"requestId"`
	Errors    []InvalidField `json:"errors"`
}

// InvalidField is one error of a request to Latchkey.
type InvalidField struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

// ConfigurationError means that Latchkey rejected the service's own request: wrong service token, unknown API or
// malformed check. It is not retried.
type ConfigurationError struct {
	// Status of Latchkey's answer.
	Status  int
	Problem Problem
	// Origin is where the request was sent to, for the message.
	Origin string
}

func (e *ConfigurationError) Error() string {
	var text strings.Builder
	text.WriteString("latchkey: Latchkey")
	if e.Origin != "" {
		text.WriteString(" at " + e.Origin)
	}
	fmt.Fprintf(&text, " answered %d", e.Status)
	if e.Problem.RequestID != "" {
		fmt.Fprintf(&text, " (%s)", e.Problem.RequestID)
	}
	text.WriteString(". ")
	switch {
	case e.Status >= 300 && e.Status < 400:
		text.WriteString("Redirects are not followed: use the URL that it leads to.")
	case e.Problem.Detail != "":
		text.WriteString(e.Problem.Detail)
	case e.Problem.Title != "":
		text.WriteString(e.Problem.Title)
	default:
		text.WriteString("Verifiers don't answer like this: check the URL.")
	}
	for _, field := range e.Problem.Errors {
		fmt.Fprintf(&text, " %s: %s", field.Path, field.Message)
	}
	return text.String()
}
