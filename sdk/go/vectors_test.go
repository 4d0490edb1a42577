package latchkey_test

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	latchkey "github.com/latchkey/latchkey/sdk/go"
)

// vectorFields are the fields of sdk/vectors/http.json that a vector may override as a whole.
type vectorFields struct {
	Name   string
	Client *struct {
		TimeoutMs     int
		OnUnavailable string
	}
	Middleware *struct {
		TrustedProxies []string
		Operation      string
		Cost           *int
		RequiredScopes []string
	}
	Verifiers []scriptedVerifier
	Request   *struct {
		Method, Target, Peer string
		Headers              [][2]string
	}
	Checks *[]struct {
		Verifier int
		Body     any
	}
	Expect *struct {
		Pass           bool
		Code           *string
		Status         int
		Headers        map[string]string
		WithoutHeaders []string
		Scopes         []string
		Body           any
	}
}

func TestVectors(t *testing.T) {
	text, err := os.ReadFile("../vectors/http.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Now      int64
		Defaults json.RawMessage
		Vectors  []json.RawMessage
	}
	mustDecode(t, text, &file)
	if len(file.Vectors) == 0 {
		t.Fatal("no vectors")
	}
	for _, overrides := range file.Vectors {
		// Decodes the defaults for each vector: decoding again would merge into shared values.
		var vector, override vectorFields
		mustDecode(t, file.Defaults, &vector)
		mustDecode(t, overrides, &override)
		fields, changes := reflect.ValueOf(&vector).Elem(), reflect.ValueOf(override)
		for at := range fields.NumField() {
			if !changes.Field(at).IsZero() {
				fields.Field(at).Set(changes.Field(at))
			}
		}
		t.Run(vector.Name, func(t *testing.T) {
			t.Parallel()
			runVector(t, vector, time.UnixMilli(file.Now))
		})
	}
}

func runVector(t *testing.T, vector vectorFields, now time.Time) {
	verifiers := startFakeVerifiers(t, vector.Verifiers...)
	options := latchkey.Options{
		URLs:    verifiers.urls,
		Token:   "lk_svc_test",
		API:     "badges",
		Timeout: time.Duration(vector.Client.TimeoutMs) * time.Millisecond,
	}
	if vector.Client.OnUnavailable == "allow" {
		options.OnUnavailable = func(context.Context, *latchkey.UnavailableError, latchkey.Check) latchkey.Policy {
			return latchkey.Allow
		}
	}
	client, err := latchkey.New(options)
	if err != nil {
		t.Fatal(err)
	}
	guardOptions := latchkey.GuardOptions{
		TrustedProxies: vector.Middleware.TrustedProxies,
		OnError:        func(*http.Request, error) {},
		Now:            func() time.Time { return now },
	}
	if operation := vector.Middleware.Operation; operation != "" {
		guardOptions.Operation = func(*http.Request) string { return operation }
	}
	if cost := vector.Middleware.Cost; cost != nil {
		guardOptions.Cost = func(*http.Request) int { return *cost }
	}
	if scopes := vector.Middleware.RequiredScopes; scopes != nil {
		guardOptions.RequiredScopes = func(*http.Request) []string { return scopes }
	}
	guard, err := latchkey.NewGuard(client, guardOptions)
	if err != nil {
		t.Fatal(err)
	}
	decision := guard.Decide(requestOf(t, vector))
	expectChecks(t, verifiers.checks(), vector)
	expectDecision(t, decision, vector)
}

func requestOf(t *testing.T, vector vectorFields) *http.Request {
	t.Helper()
	request, err := http.NewRequest(vector.Request.Method, "http://service.example", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.RequestURI = vector.Request.Target
	request.RemoteAddr = net.JoinHostPort(vector.Request.Peer, "50000")
	for _, header := range vector.Request.Headers {
		request.Header.Add(header[0], header[1])
	}
	return request
}

func expectChecks(t *testing.T, received []receivedCheck, vector vectorFields) {
	t.Helper()
	if len(received) != len(*vector.Checks) {
		t.Fatalf("verifiers received %d checks, want %d", len(received), len(*vector.Checks))
	}
	for at, expected := range *vector.Checks {
		var body any
		mustDecode(t, received[at].body, &body)
		if received[at].verifier != expected.Verifier || !reflect.DeepEqual(body, expected.Body) {
			t.Errorf("check %d: verifier %d received %v, want verifier %d and %v",
				at, received[at].verifier, body, expected.Verifier, expected.Body)
		}
		if received[at].authorization != "Bearer lk_svc_test" {
			t.Errorf("check %d has the authorization %q", at, received[at].authorization)
		}
		if key := received[at].idempotencyKey; key == "" || key != received[0].idempotencyKey {
			t.Errorf("check %d has the idempotency key %q, the first %q", at, key, received[0].idempotencyKey)
		}
	}
}

func expectDecision(t *testing.T, decision latchkey.Decision, vector vectorFields) {
	t.Helper()
	expected := vector.Expect
	if decision.Pass != expected.Pass {
		t.Fatalf("pass is %t, want %t", decision.Pass, expected.Pass)
	}
	if expected.Pass {
		if code := codeOf(decision.Verdict); !reflect.DeepEqual(code, expected.Code) {
			t.Errorf("the verdict is %v, want %v", decision.Verdict, expected.Code)
		}
		if len(decision.Header) != len(expected.Headers) {
			t.Errorf("headers are %v, want %v", decision.Header, expected.Headers)
		}
		expectHeaders(t, decision.Header, expected.Headers)
		if expected.Scopes != nil && !reflect.DeepEqual(decision.Verdict.Scopes, expected.Scopes) {
			t.Errorf("scopes are %v, want %v", decision.Verdict.Scopes, expected.Scopes)
		}
		return
	}
	if decision.Response.Status != expected.Status {
		t.Errorf("status is %d, want %d", decision.Response.Status, expected.Status)
	}
	expectHeaders(t, decision.Response.Header, expected.Headers)
	for _, name := range expected.WithoutHeaders {
		if decision.Response.Header.Get(name) != "" {
			t.Errorf("%s is %q, want none", name, decision.Response.Header.Get(name))
		}
	}
	if expected.Body != nil {
		var body any
		mustDecode(t, decision.Response.Body, &body)
		if !reflect.DeepEqual(body, expected.Body) {
			t.Errorf("body is %v, want %v", body, expected.Body)
		}
	}
}

func codeOf(verdict *latchkey.Verdict) *string {
	if verdict == nil {
		return nil
	}
	code := string(verdict.Code)
	return &code
}

func expectHeaders(t *testing.T, header http.Header, expected map[string]string) {
	t.Helper()
	for name, value := range expected {
		if header.Get(name) != value {
			t.Errorf("%s is %q, want %q", name, header.Get(name), value)
		}
	}
}

func mustDecode(t *testing.T, text []byte, into any) {
	t.Helper()
	if err := json.NewDecoder(strings.NewReader(string(text))).Decode(into); err != nil {
		t.Fatalf("%v in %.200s", err, text)
	}
}
