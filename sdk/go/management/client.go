// Package management is a client of the management API: projects, keys, members, usage. Its types and methods are
// generated from the portal's OpenAPI document.
package management

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"time"
)

const (
	defaultTimeout = 30 * time.Second
	// maxAnswerBytes bounds what is read of an answer that is not streamed.
	maxAnswerBytes = 64 << 20
	// maxProblemBytes bounds what is read of an error.
	maxProblemBytes = 1 << 20
)

// Options of a Client. URL and Token are required.
type Options struct {
	// URL is the portal's public URL.
	URL string
	// Token is a management token (lk_mgt_…).
	Token string
	// Timeout of one call; a stream may take longer. Default: 30 seconds.
	Timeout time.Duration
	// Transport sends the requests. Default: http.DefaultTransport.
	Transport http.RoundTripper
}

// Client calls the management API. It is safe for concurrent use.
type Client struct {
	url     string
	token   string
	timeout time.Duration
	http    http.Client
}

// New returns a client, or an error for options that can't work.
func New(options Options) (*Client, error) {
	parsed, err := url.Parse(options.URL)
	if err != nil || (parsed.Scheme != "http" && parsed.Scheme != "https") || parsed.Host == "" {
		return nil, fmt.Errorf("latchkey: %q is not an http or https URL", options.URL)
	}
	if options.Token == "" {
		return nil, errors.New("latchkey: give the management token; an environment variable may be missing")
	}
	if strings.ContainsFunc(options.Token, func(character rune) bool { return character <= ' ' || character > '~' }) {
		return nil, errors.New("latchkey: the management token has a character that no token has, for example a space")
	}
	if options.Timeout == 0 {
		options.Timeout = defaultTimeout
	}
	return &Client{
		url:     strings.TrimRight(options.URL, "/"),
		token:   options.Token,
		timeout: options.Timeout,
		http: http.Client{
			Transport: options.Transport,
			// A redirect could hand the token to another server.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// CallOption changes one call.
type CallOption func(*http.Request)

// IdempotencyKey makes a POST repeatable: within 24 hours the same key gets the first answer again.
func IdempotencyKey(key string) CallOption {
	return func(request *http.Request) { request.Header.Set("Idempotency-Key", key) }
}

// ProblemError is an answer of the API that is not a success (RFC 9457).
type ProblemError struct {
	// StatusCode of the answer.
	StatusCode int
	Problem    Problem
}

func (e *ProblemError) Error() string {
	text := fmt.Sprintf("latchkey: the portal answered %d. %s %s", e.StatusCode, e.Problem.Title, e.Problem.Detail)
	for _, field := range e.Problem.Errors {
		text += fmt.Sprintf(" %s: %s", field.Path, field.Message)
	}
	return strings.TrimSpace(text)
}

// Set returns a pointer to a value, for an optional field of a request.
func Set[T any](value T) *T { return &value }

// Nullable is an optional field of a request that can also be null, which for example removes an end date.
type Nullable[T any] struct{ Value *T }

// SetNullable returns a field that has a value.
func SetNullable[T any](value T) *Nullable[T] { return &Nullable[T]{Value: &value} }

// Null returns a field that is null. A nil pointer leaves the field out.
func Null[T any]() *Nullable[T] { return &Nullable[T]{} }

// MarshalJSON encodes the value or null.
func (n Nullable[T]) MarshalJSON() ([]byte, error) { return json.Marshal(n.Value) }

// Each calls visit for all items of a list, page by page. load gets the cursor of the page, nil for the first one. The
// first error of load or visit ends the list.
func Each[T any](load func(cursor *string) (items []T, next *string, err error), visit func(T) error) error {
	var cursor *string
	for {
		items, next, err := load(cursor)
		if err != nil {
			return err
		}
		for _, item := range items {
			if err := visit(item); err != nil {
				return err
			}
		}
		if next == nil {
			return nil
		}
		cursor = next
	}
}

// call is one request of a generated method.
type call struct {
	method string
	// path has texts, and a parameter after each.
	path []string
	// query is a struct of optional fields, or nil.
	query any
	body  any
}

// escapedPath fails for a parameter that would not stay one segment: servers remove "." and "..", also escaped ones.
func (c call) escapedPath() (string, error) {
	var path strings.Builder
	for at, part := range c.path {
		switch {
		case at%2 == 0:
			path.WriteString(part)
		case part == "" || part == "." || part == "..":
			return "", fmt.Errorf("latchkey: %q is no id", part)
		default:
			path.WriteString(url.PathEscape(part))
		}
	}
	return path.String(), nil
}

func send[T any](ctx context.Context, c *Client, call call, options []CallOption) (*T, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	response, err := c.do(ctx, call, "application/json", options)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer := new(T)
	limited := &io.LimitedReader{R: response.Body, N: maxAnswerBytes + 1}
	err = json.NewDecoder(limited).Decode(answer)
	if limited.N == 0 {
		return nil, errors.New("latchkey: the portal's answer is too large")
	}
	if err != nil {
		return nil, fmt.Errorf("latchkey: the portal's answer is unreadable: %w", err)
	}
	return answer, nil
}

func (c *Client) discard(ctx context.Context, call call, options []CallOption) error {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	response, err := c.do(ctx, call, "application/json", options)
	if err != nil {
		return err
	}
	return response.Body.Close()
}

// stream returns the body, which the caller closes. Only ctx limits the time.
func (c *Client) stream(ctx context.Context, call call, options []CallOption) (io.ReadCloser, error) {
	response, err := c.do(ctx, call, "*/*", options)
	if err != nil {
		return nil, err
	}
	return response.Body, nil
}

func (c *Client) do(ctx context.Context, call call, accept string, options []CallOption) (*http.Response, error) {
	var body io.Reader
	if call.body != nil {
		encoded, err := json.Marshal(call.body)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(encoded)
	}
	path, err := call.escapedPath()
	if err != nil {
		return nil, err
	}
	target := c.url + path
	if values := queryOf(call.query); len(values) > 0 {
		target += "?" + values.Encode()
	}
	request, err := http.NewRequestWithContext(ctx, call.method, target, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	request.Header.Set("Accept", accept)
	if call.body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	for _, option := range options {
		option(request)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode >= 200 && response.StatusCode <= 299 {
		return response, nil
	}
	defer response.Body.Close()
	return nil, problemOf(response)
}

func problemOf(response *http.Response) error {
	failure := &ProblemError{StatusCode: response.StatusCode}
	text, err := io.ReadAll(io.LimitReader(response.Body, maxProblemBytes))
	if err != nil || json.Unmarshal(text, &failure.Problem) != nil {
		// A proxy may answer without a problem; the status says enough.
		failure.Problem = Problem{Title: http.StatusText(response.StatusCode)}
	}
	if response.StatusCode >= 300 && response.StatusCode <= 399 {
		failure.Problem.Detail = "Redirects are not followed: use the URL that it leads to."
	}
	return failure
}

// queryOf encodes the fields of a generated query struct that are set, by the names in their JSON tags.
func queryOf(query any) url.Values {
	values := url.Values{}
	if query == nil {
		return values
	}
	fields := reflect.ValueOf(query)
	for at := 0; at < fields.NumField(); at++ {
		field := fields.Field(at)
		if (field.Kind() == reflect.Pointer || field.Kind() == reflect.Interface) && field.IsNil() {
			continue
		}
		name, _, _ := strings.Cut(fields.Type().Field(at).Tag.Get("json"), ",")
		addQuery(values, name, reflect.Indirect(field))
	}
	return values
}

// addQuery repeats the name for a list. The keys of a map are names themselves (OpenAPI: style form, exploded).
func addQuery(values url.Values, name string, value reflect.Value) {
	switch value.Kind() {
	case reflect.Slice:
		for at := 0; at < value.Len(); at++ {
			addQuery(values, name, value.Index(at))
		}
	case reflect.Map:
		for _, key := range value.MapKeys() {
			addQuery(values, key.String(), value.MapIndex(key))
		}
	default:
		if instant, ok := value.Interface().(time.Time); ok {
			values.Add(name, instant.UTC().Format(time.RFC3339Nano))
		} else {
			values.Add(name, fmt.Sprint(value.Interface()))
		}
	}
}
