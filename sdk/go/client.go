package latchkey

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

const (
	defaultTimeout = time.Second
	// maxTextLength is what rules read at most of a text of the caller, UTF-16 code units.
	maxTextLength = 4_000
	// maxBodyBytes is what a verifier accepts.
	maxBodyBytes = 16 * 1_024
)

// Policy says what to do with a request when no verifier gave a verdict.
type Policy int

const (
	// Reject is the default: Verify returns an *UnavailableError, and a guard answers 503.
	Reject Policy = iota
	// Allow lets the request pass with CodeUnverified. It is not counted.
	Allow
)

// Options of a Client. URLs and Token are required.
type Options struct {
	// URLs of the verifiers, nearest first. They are asked in this order.
	URLs []string
	// Token is the service token (lk_svc_…).
	Token string
	// API is the slug of the API that the service implements; optional if the token is bound to one API.
	API string
	// Timeout is the time for a verdict including the retry. Default: one second.
	Timeout time.Duration
	// OnUnavailable decides about a request without a verdict. Default: Reject. It is not asked about a
	// request without a key, nor about a ConfigurationError: a wrong token must not open the service.
	OnUnavailable func(ctx context.Context, err *UnavailableError, check Check) Policy
	// Trace receives the attributes of each outcome, for the active span. Never the key itself.
	Trace func(ctx context.Context, attributes []slog.Attr)
	// Transport sends the requests. Default: a copy of http.DefaultTransport that keeps more connections alive.
	Transport http.RoundTripper
	// Now is the current time. For tests.
	Now func() time.Time
}

// Client verifies API keys by asking a Latchkey verifier. It is safe for concurrent use; create one and keep it,
// because it keeps connections alive. A failed request is retried once, on the next verifier if there are several.
type Client struct {
	pool    *pool
	options Options
}

// New returns a client, or an error for options that can't work.
func New(options Options) (*Client, error) {
	if err := checkConnection(options.URLs, options.Token); err != nil {
		return nil, err
	}
	if options.Timeout == 0 {
		options.Timeout = defaultTimeout
	}
	if options.Timeout < 0 {
		return nil, errors.New("latchkey: the timeout is negative")
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Transport == nil {
		options.Transport = defaultTransport()
	}
	return &Client{pool: newPool(options), options: options}, nil
}

// Verify implements Verifier. The timeout of the options and the deadline of ctx both hold.
func (c *Client) Verify(ctx context.Context, check Check) (*Verdict, error) {
	if check.API == "" {
		check.API = c.options.API
	}
	verdict, err := c.ask(ctx, check)
	if err == nil && c.options.Trace != nil {
		c.options.Trace(ctx, attributesOf(verdict))
	}
	return verdict, err
}

func (c *Client) ask(ctx context.Context, check Check) (*Verdict, error) {
	verdict, err := c.pool.verify(ctx, bodyOf(check))
	var unavailable *UnavailableError
	if c.options.OnUnavailable == nil || !errors.As(err, &unavailable) {
		return verdict, err
	}
	// Decided without a verifier: a request without a key never passes.
	if strings.TrimSpace(check.Key) == "" {
		return nil, err
	}
	if c.options.OnUnavailable(ctx, unavailable, check) != Allow {
		return nil, err
	}
	return &Verdict{Valid: true, Code: CodeUnverified, Message: unavailable.Error()}, nil
}

// attributesOf returns what a span says about an outcome.
func attributesOf(verdict *Verdict) []slog.Attr {
	attributes := []slog.Attr{
		slog.Bool("latchkey.valid", verdict.Valid),
		slog.String("latchkey.code", string(verdict.Code)),
	}
	for _, optional := range []slog.Attr{
		slog.String("latchkey.request_id", verdict.RequestID),
		slog.String("latchkey.key_id", verdict.KeyID),
		slog.String("latchkey.project_id", verdict.ProjectID),
	} {
		if optional.Value.String() != "" {
			attributes = append(attributes, optional)
		}
	}
	return attributes
}

// bodyOf returns the body of a check, at most 16 KiB. Longer texts are cut; if that is not enough
// they are left out, so that rules that need them deny.
func bodyOf(check Check) []byte {
	for _, text := range []*string{
		&check.Key, &check.Path, &check.Referrer, &check.Origin, &check.ClientIP,
		&check.AndroidPackage, &check.AndroidCertSHA1, &check.IOSBundleID,
	} {
		*text = cut(*text)
	}
	body := encodeJSON(check)
	for _, text := range []*string{
		&check.IOSBundleID, &check.AndroidCertSHA1, &check.AndroidPackage, &check.Origin, &check.Referrer, &check.Path,
	} {
		if len(body) <= maxBodyBytes {
			break
		}
		*text = ""
		body = encodeJSON(check)
	}
	return body
}

// cut returns the beginning of a text that rules read, without half a character at its end.
func cut(text string) string {
	if len(text) <= maxTextLength {
		return text
	}
	length := 0
	for at, character := range text {
		length++
		if character > 0xffff {
			length++
		}
		if length > maxTextLength {
			return text[:at]
		}
	}
	return text
}

// encodeJSON encodes a value that can always be encoded, without escaping HTML, which would make it longer.
func encodeJSON(value any) []byte {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n"))
}

func withoutSlash(url string) string { return strings.TrimRight(url, "/") }
