package latchkey_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	latchkey "github.com/latchkey/latchkey/sdk/go"
	"github.com/latchkey/latchkey/sdk/go/internal/deployment"
	"github.com/latchkey/latchkey/sdk/go/latchkeytest"
)

var (
	answersValid = scriptedVerifier{Answers: []scriptedAnswer{{
		Status: 200, JSON: json.RawMessage(`{"valid":true,"code":"VALID","requestId":"req_1","keyId":"key_1"}`),
	}}}
	hangs      = scriptedVerifier{Answers: []scriptedAnswer{{Hang: true}}}
	answers503 = scriptedVerifier{Answers: []scriptedAnswer{{Status: 503, JSON: json.RawMessage(`{}`)}}}
)

func newClient(t *testing.T, options latchkey.Options) *latchkey.Client {
	t.Helper()
	if options.Token == "" {
		options.Token = "lk_svc_test"
	}
	client, err := latchkey.New(options)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestTheVerdictOfARealVerifierArrivesWhole(t *testing.T) {
	running := deployment.Get(t)
	client := newClient(t, latchkey.Options{URLs: []string{running.VerifierURL + "/"}, Token: running.ServiceToken})
	verdict, err := client.Verify(context.Background(), latchkey.Check{Key: running.Secrets.Valid, Operation: "badges.list"})
	if err != nil {
		t.Fatal(err)
	}
	if !verdict.Valid || verdict.Code != latchkey.CodeValid || verdict.Environment != latchkey.Live ||
		verdict.ProjectID != running.ProjectID || verdict.API != "badges" || verdict.Operation != "badges.list" ||
		verdict.KeyID == "" || verdict.SecretID == "" || verdict.RequestID == "" || verdict.Name == "" ||
		verdict.Metadata == nil || verdict.RateLimit != nil {
		t.Errorf("the verdict is %+v", verdict)
	}
}

func TestAWrongServiceTokenIsAConfigurationError(t *testing.T) {
	client := newClient(t, latchkey.Options{URLs: []string{deployment.Get(t).VerifierURL}, Token: "lk_svc_wrong"})
	_, err := client.Verify(context.Background(), latchkey.Check{Key: "k"})
	var misconfigured *latchkey.ConfigurationError
	if !errors.As(err, &misconfigured) || misconfigured.Status != 401 ||
		misconfigured.Problem.Title != "Service token required" || !strings.Contains(err.Error(), misconfigured.Problem.Detail) {
		t.Errorf("the error is %v", err)
	}
}

func TestAnEarlierDeadlineOfTheContextLeavesTimeForTheSecondVerifier(t *testing.T) {
	verifiers := startFakeVerifiers(t, hangs, answersValid)
	client := newClient(t, latchkey.Options{URLs: verifiers.urls, Timeout: time.Hour})
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	verdict, err := client.Verify(ctx, latchkey.Check{Key: "k"})
	if err != nil || !verdict.Valid {
		t.Errorf("%v, %v", verdict, err)
	}
}

func TestTimeoutsOfShortContextsDoNotStopRequestsToTheVerifier(t *testing.T) {
	verifiers := startFakeVerifiers(t, hangs)
	client := newClient(t, latchkey.Options{URLs: verifiers.urls})
	for range 6 {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		if _, err := client.Verify(ctx, latchkey.Check{Key: "k"}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the error is %v", err)
		}
		cancel()
	}
}

func TestACanceledCheckReturnsTheCauseAndIsNotRetried(t *testing.T) {
	verifiers := startFakeVerifiers(t, hangs, answersValid)
	client := newClient(t, latchkey.Options{URLs: verifiers.urls, Timeout: time.Minute})
	ctx, cancel := context.WithCancelCause(context.Background())
	gone := errors.New("client went away")
	go func() {
		<-verifiers.arrived
		cancel(gone)
	}()
	if _, err := client.Verify(ctx, latchkey.Check{Key: "k"}); !errors.Is(err, gone) {
		t.Errorf("the error is %v", err)
	}
	if asked := len(verifiers.checks()); asked != 1 {
		t.Errorf("verifiers were asked %d times", asked)
	}
}

func TestAVerifierThatFailsFiveTimesIsNotAskedUntilItsPauseIsOver(t *testing.T) {
	verifiers := startFakeVerifiers(t, answers503)
	now := time.UnixMilli(0)
	client := newClient(t, latchkey.Options{URLs: verifiers.urls, Now: func() time.Time { return now }})
	expect := func(message string, asked int) {
		t.Helper()
		_, err := client.Verify(context.Background(), latchkey.Check{Key: "k"})
		var unavailable *latchkey.UnavailableError
		if !errors.As(err, &unavailable) || unavailable.Message != message || len(verifiers.checks()) != asked {
			t.Errorf("after %d requests the error is %v", len(verifiers.checks()), err)
		}
	}
	message := "The verifier at " + verifiers.urls[0] + " answered 503."
	for failure := range 5 {
		expect(message, failure+1)
	}
	expect("Every verifier failed recently.", 5)
	now = time.UnixMilli(1_000)
	expect(message, 6)
}

func TestAnErrorSaysWhatIsWrongAndWithWhichVerifier(t *testing.T) {
	problem := json.RawMessage(`{"title":"Invalid request","detail":"The request has errors.","requestId":"req_7",
		"errors":[{"path":"cost","message":"Expected an integer."}]}`)
	page, large, empty := "<html>", strings.Repeat(" ", 1_100_000), ""
	elsewhere := map[string]string{"Location": "http://127.0.0.1:9/"}
	for message, script := range map[string]scriptedVerifier{
		" answered 422 (req_7). The request has errors. cost: Expected an integer.": {
			Answers: []scriptedAnswer{{Status: 422, JSON: problem}},
		},
		" answered 308. Redirects are not followed": {
			Answers: []scriptedAnswer{{Status: 308, Text: &empty, Headers: elsewhere}},
		},
		" answered 404. Verifiers don't answer like this: check the URL.": {
			Answers: []scriptedAnswer{{Status: 404, Text: &page}},
		},
		" is too large.":               {Answers: []scriptedAnswer{{Status: 200, Text: &large}}},
		" answered without a verdict.": {Answers: []scriptedAnswer{{Status: 200, Text: &page}}},
		" can't be reached: dial tcp":  {Down: true},
	} {
		verifiers := startFakeVerifiers(t, script)
		client := newClient(t, latchkey.Options{URLs: verifiers.urls, Timeout: time.Minute})
		_, err := client.Verify(context.Background(), latchkey.Check{Key: "k"})
		if err == nil || !strings.Contains(err.Error(), " at "+verifiers.urls[0]+message) {
			t.Errorf("%q: the error is %v", message, err)
		}
		if asked := len(verifiers.checks()); !script.Down && asked != 1 {
			t.Errorf("%q: the verifier was asked %d times", message, asked)
		}
	}
}

func TestAClientServesManyCallersAtOnce(t *testing.T) {
	verifiers := startFakeVerifiers(t, answers503, answersValid)
	client := newClient(t, latchkey.Options{URLs: verifiers.urls, Timeout: time.Minute})
	var group sync.WaitGroup
	for range 50 {
		group.Add(1)
		go func() {
			defer group.Done()
			if verdict, err := client.Verify(context.Background(), latchkey.Check{Key: "k"}); err != nil || !verdict.Valid {
				t.Errorf("%v, %v", verdict, err)
			}
		}()
	}
	group.Wait()
}

func TestTextsThatNo16KiBBodyCanHoldAreLeftOut(t *testing.T) {
	verifiers := startFakeVerifiers(t, answersValid)
	long := strings.Repeat("一", 5_000)
	check := latchkey.Check{Key: "k", Method: "GET", Path: "/" + long, Referrer: long, Origin: long}
	if _, err := newClient(t, latchkey.Options{URLs: verifiers.urls}).Verify(context.Background(), check); err != nil {
		t.Fatal(err)
	}
	received := verifiers.checks()[0].body
	var sent latchkey.Check
	mustDecode(t, received, &sent)
	if len(received) > 16*1_024 || sent.Path != "/"+strings.Repeat("一", 3_999) || sent.Key != "k" || sent.Referrer != "" {
		t.Errorf("%d bytes: %.100s", len(received), received)
	}
}

func TestOptionsThatCannotWorkAreRejected(t *testing.T) {
	for message, options := range map[string]latchkey.Options{
		"at least one verifier":    {Token: "t"},
		"not an http or https URL": {URLs: []string{"localhost:3001"}, Token: "t"},
		"a verifier is empty":      {URLs: []string{""}, Token: "t"},
		"that no token has":        {URLs: []string{"http://localhost:3001"}, Token: "lk_svc_…"},
		"service token":            {URLs: []string{"http://localhost:3001"}},
		"negative":                 {URLs: []string{"http://localhost:3001"}, Token: "t", Timeout: -1},
	} {
		if _, err := latchkey.New(options); err == nil || !strings.Contains(err.Error(), message) {
			t.Errorf("%+v: %v", options, err)
		}
	}
}

func TestTraceReceivesTheOutcomeWithoutTheKey(t *testing.T) {
	running := deployment.Get(t)
	traced := map[string]string{}
	client := newClient(t, latchkey.Options{
		URLs:  []string{running.VerifierURL},
		Token: running.ServiceToken,
		Trace: func(_ context.Context, attributes []slog.Attr) {
			for _, attribute := range attributes {
				traced[attribute.Key] = attribute.Value.String()
			}
		},
	})
	verdict, err := client.Verify(context.Background(), latchkey.Check{Key: running.Secrets.Revoked})
	if err != nil {
		t.Fatal(err)
	}
	if len(traced) != 5 || traced["latchkey.valid"] != "false" || traced["latchkey.code"] != "KEY_REVOKED" ||
		traced["latchkey.key_id"] != verdict.KeyID || traced["latchkey.project_id"] != running.ProjectID ||
		traced["latchkey.request_id"] != verdict.RequestID {
		t.Errorf("traced %v", traced)
	}
}

func TestTheFakeAnswersFromItsListAndRemembersWhatItWasAsked(t *testing.T) {
	fake := latchkeytest.New(latchkeytest.Keys{"good": {Name: "mine"}, "slow": {Code: latchkey.CodeRateLimited}})
	for key, want := range map[string]latchkey.Code{
		"good": latchkey.CodeValid, "slow": latchkey.CodeRateLimited,
		"other": latchkey.CodeKeyNotFound, "": latchkey.CodeKeyMissing,
	} {
		verdict, err := fake.Verify(context.Background(), latchkey.Check{Key: key})
		if err != nil || verdict.Code != want || verdict.Valid != (want == latchkey.CodeValid) {
			t.Errorf("%q: %+v, %v", key, verdict, err)
		}
		if key == "good" && verdict.Name != "mine" {
			t.Errorf("the name is %q", verdict.Name)
		}
		if key == "slow" && *verdict.RetryAfterMs != 1_000 {
			t.Errorf("the denial is %+v", verdict)
		}
	}
	if len(fake.Checks()) != 4 {
		t.Errorf("the fake was asked %v", fake.Checks())
	}
	fake.SetUnavailable(true)
	var unavailable *latchkey.UnavailableError
	if _, err := fake.Verify(context.Background(), latchkey.Check{}); !errors.As(err, &unavailable) {
		t.Errorf("the error is %v", err)
	}
}
