package latchkey_test

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"

	latchkey "github.com/latchkey/latchkey/sdk/go"
	"github.com/latchkey/latchkey/sdk/go/internal/deployment"
	"github.com/latchkey/latchkey/sdk/go/latchkeytest"
)

// startService protects a mounted route, so its handler sees another path than the client called.
func startService(t *testing.T, verifier latchkey.Verifier) string {
	t.Helper()
	guard, err := latchkey.NewGuard(verifier, latchkey.GuardOptions{
		TrustedProxies: []string{"127.0.0.1", "::1"},
		OnError:        func(*http.Request, error) {},
	})
	if err != nil {
		t.Fatal(err)
	}
	answer := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := json.NewEncoder(w).Encode(map[string]any{"seen": latchkey.VerdictOf(r.Context())}); err != nil {
			log.Print(err)
		}
	})
	mux := http.NewServeMux()
	mux.Handle("/badges", http.StripPrefix("/badges", guard.Middleware(answer)))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/badges"
}

func startRealService(t *testing.T, running deployment.Deployment) string {
	t.Helper()
	return startService(t, newClient(t, latchkey.Options{URLs: []string{running.VerifierURL}, Token: running.ServiceToken}))
}

type serviceAnswer struct {
	status int
	header http.Header
	body   struct {
		Seen     *latchkey.Verdict
		Code     string
		Status   int
		Observed map[string]string
	}
}

func call(t *testing.T, method, url string, headers map[string]string) serviceAnswer {
	t.Helper()
	request, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	answer := serviceAnswer{status: response.StatusCode, header: response.Header}
	mustDecode(t, body, &answer.body)
	return answer
}

func TestAServiceAnswersAsItsRealVerifierDecides(t *testing.T) {
	running := deployment.Get(t)
	url := startRealService(t, running)
	secrets := running.Secrets
	for name, test := range map[string]struct {
		method  string
		headers map[string]string
		status  int
		code    string
	}{
		"a valid key":      {"GET", map[string]string{"X-Api-Key": secrets.Valid}, 200, ""},
		"a bearer":         {"GET", map[string]string{"Authorization": "Bearer " + secrets.Valid}, 200, ""},
		"no key":           {"GET", nil, 401, "KEY_MISSING"},
		"a revoked key":    {"GET", map[string]string{"Authorization": "Bearer " + secrets.Revoked}, 401, "KEY_REVOKED"},
		"its operation":    {"GET", map[string]string{"X-Api-Key": secrets.RestrictedToList}, 200, ""},
		"another one":      {"POST", map[string]string{"X-Api-Key": secrets.RestrictedToList}, 403, "OPERATION_NOT_ALLOWED"},
		"its network":      {"GET", map[string]string{"X-Api-Key": secrets.RestrictedToIPs, "X-Forwarded-For": "198.51.100.7"}, 200, ""},
		"a forged address": {"GET", map[string]string{"X-Api-Key": secrets.RestrictedToIPs, "X-Forwarded-For": "198.51.100.7, 203.0.113.9"}, 403, "IP_NOT_ALLOWED"},
	} {
		answer := call(t, test.method, url, test.headers)
		if answer.status != test.status || answer.body.Code != test.code {
			t.Errorf("%s: %+v", name, answer)
		}
		if test.status == 200 && (answer.body.Seen == nil || answer.body.Seen.ProjectID != running.ProjectID) {
			t.Errorf("%s: the handler saw %+v", name, answer.body.Seen)
		}
		if test.code == "IP_NOT_ALLOWED" && answer.body.Observed["clientIp"] != "203.0.113.9" {
			t.Errorf("%s: observed %v", name, answer.body.Observed)
		}
	}
}

func TestAKeyOverItsQuotaIsAnsweredWith429AndItsLimits(t *testing.T) {
	running := deployment.Get(t)
	url := startRealService(t, running)
	headers := map[string]string{"X-Api-Key": running.NewLimitedKey(t)}
	if first := call(t, "GET", url, headers); first.status != 200 || first.header.Get("RateLimit-Policy") != `"quota";q=1;w=86400` {
		t.Errorf("the first answer is %+v", first)
	}
	second := call(t, "GET", url, headers)
	if second.status != 429 || second.body.Code != "QUOTA_EXCEEDED" || second.header.Get("Retry-After") == "" ||
		!regexp.MustCompile(`^"quota";r=0;t=\d+$`).MatchString(second.header.Get("RateLimit")) {
		t.Errorf("the second answer is %+v", second)
	}
}

func TestAPreflightPassesWithoutAVerdict(t *testing.T) {
	fake := latchkeytest.New(nil)
	answer := call(t, "OPTIONS", startService(t, fake), map[string]string{
		"Origin": "https://example.com", "Access-Control-Request-Method": "POST",
	})
	if answer.status != 200 || answer.body.Seen != nil || len(fake.Checks()) != 0 {
		t.Errorf("%+v", answer)
	}
}

func TestOnlyAPreflightWithoutAKeyPassesUnverified(t *testing.T) {
	preflight := map[string]string{"Origin": "https://example.com", "Access-Control-Request-Method": "POST"}
	url := startService(t, latchkeytest.New(nil))
	if answer := call(t, "GET", url, preflight); answer.status != 401 {
		t.Errorf("GET is answered with %d", answer.status)
	}
	preflight["X-Api-Key"] = "bad"
	if answer := call(t, "OPTIONS", url, preflight); answer.status != 401 {
		t.Errorf("OPTIONS with a key is answered with %d", answer.status)
	}
}

func TestAServiceAnswers503WhenNoVerifierCanBeReached(t *testing.T) {
	fake := latchkeytest.New(latchkeytest.Keys{"good": {}})
	fake.SetUnavailable(true)
	answer := call(t, "GET", startService(t, fake), map[string]string{"X-Api-Key": "good"})
	if answer.status != 503 || answer.header.Get("Retry-After") != "1" {
		t.Errorf("%+v", answer)
	}
}

func TestARequestThatItsCallerGaveUpIsNoError(t *testing.T) {
	guard, err := latchkey.NewGuard(latchkeytest.New(nil), latchkey.GuardOptions{
		OnError: func(_ *http.Request, err error) { t.Errorf("reported %v", err) },
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	request := httptest.NewRequest("GET", "/badges", nil).WithContext(ctx)
	if decision := guard.Decide(request); decision.Pass || decision.Response.Status != 503 {
		t.Errorf("%+v", decision)
	}
}
