package latchkey_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	latchkey "github.com/latchkey/latchkey/sdk/go"
	"github.com/latchkey/latchkey/sdk/go/internal/deployment"
)

// manage calls the management API and decodes its answer.
func manage(t *testing.T, method, path string, body, into any) {
	t.Helper()
	real := deployment.Get(t)
	encoded, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	address := real.PortalURL + "/api/v1/projects/" + real.ProjectID + path
	request, err := http.NewRequest(method, address, bytes.NewReader(encoded))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+real.ManagementToken)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		t.Fatalf("%s %s: %d", method, path, response.StatusCode)
	}
	if into != nil {
		if err := json.NewDecoder(response.Body).Decode(into); err != nil {
			t.Fatal(err)
		}
	}
}

type created struct {
	Key    struct{ ID string }
	Secret string
}

func newKey(t *testing.T) created {
	t.Helper()
	var key created
	manage(t, http.MethodPost, "/keys", map[string]string{"name": "tokens", "environment": "live"}, &key)
	return key
}

func issueToken(t *testing.T, key created, scope string) string {
	t.Helper()
	response, err := http.PostForm(deployment.Get(t).VerifierURL+"/oauth/token", url.Values{
		"grant_type": {"client_credentials"}, "client_id": {key.Key.ID}, "client_secret": {key.Secret},
		"resource": {"badges"}, "scope": {scope},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var issued struct {
		Token string `json:"access_token"`
	}
	if err := json.NewDecoder(response.Body).Decode(&issued); err != nil || issued.Token == "" {
		t.Fatal(response.Status, err)
	}
	return issued.Token
}

func newTokenVerifier(t *testing.T, change func(*latchkey.AccessTokenOptions)) *latchkey.AccessTokenVerifier {
	t.Helper()
	real := deployment.Get(t)
	options := latchkey.AccessTokenOptions{
		URLs: []string{real.VerifierURL}, Token: real.ServiceToken, Issuer: real.PortalURL, API: "badges",
		OnError: func(error) {},
	}
	if change != nil {
		change(&options)
	}
	verifier, err := latchkey.NewAccessTokenVerifier(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(verifier.Close)
	return verifier
}

func TestAccessTokenOfARevokedKeyIsDeniedWithinASecond(t *testing.T) {
	verifier := newTokenVerifier(t, nil)
	key := newKey(t)
	token := issueToken(t, key, "badges:read badges:write")
	claims, err := verifier.Verify(context.Background(), token, "badges:read")
	if err != nil || claims.Subject != key.Key.ID || len(claims.Scopes()) != 2 {
		t.Fatal(claims, err)
	}
	manage(t, http.MethodDelete, "/keys/"+key.Key.ID, nil, nil)
	revokedAt := time.Now()
	for errors.Is(err, latchkey.ErrTokenRevoked) == false {
		if time.Since(revokedAt) > time.Second {
			t.Fatal("still accepted after a second:", err)
		}
		time.Sleep(10 * time.Millisecond)
		_, err = verifier.Verify(context.Background(), token)
	}
}

func TestRotationDeniesTokensOfTheOldSecretOnly(t *testing.T) {
	verifier := newTokenVerifier(t, nil)
	key := newKey(t)
	old := issueToken(t, key, "badges:read")
	var rotated created
	manage(t, http.MethodPost, "/keys/"+key.Key.ID+"/rotate", map[string]int{"overlapSeconds": 0}, &rotated)
	current := issueToken(t, created{Key: key.Key, Secret: rotated.Secret}, "badges:read")
	deadline := time.Now().Add(15 * time.Second)
	for {
		_, err := verifier.Verify(context.Background(), old)
		if errors.Is(err, latchkey.ErrTokenRevoked) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	if _, err := verifier.Verify(context.Background(), current); err != nil {
		t.Fatal(err)
	}
}

func TestOtherTokensAreDenied(t *testing.T) {
	token := issueToken(t, newKey(t), "badges:read")
	part := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	parts := strings.Split(token, ".")
	header, payload, signature := parts[0], parts[1], parts[2]
	decoded, err := base64.RawURLEncoding.DecodeString(header)
	if err != nil {
		t.Fatal(err)
	}
	with := func(before, after string) string { return part(strings.Replace(string(decoded), before, after, 1)) }
	verifier := newTokenVerifier(t, nil)
	for _, text := range []string{
		"", "..", "a.b.c", token + ".", token + "=", token + "\n", " " + token,
		header + "." + payload + ".",
		header + "." + part(`{"sub":"key_other"}`) + "." + signature,
		with("ES256", "none") + "." + payload + ".",
		with("ES256", "EdDSA") + "." + payload + "." + signature,
		with("at+jwt", "JWT") + "." + payload + "." + signature,
		header + "." + payload + "." + strings.Repeat("A", 86),
		header + "." + payload + "." + strings.Repeat("A", 20_000),
	} {
		if _, err := verifier.Verify(context.Background(), text); !errors.Is(err, latchkey.ErrTokenInvalid) {
			t.Errorf("%.80q: %v", text, err)
		}
	}
	if _, err := verifier.Verify(context.Background(), token, "badges:write"); !errors.Is(err, latchkey.ErrScopeNotGranted) {
		t.Error(err)
	}
	for name, expected := range map[string]struct {
		change func(*latchkey.AccessTokenOptions)
		err    error
	}{
		"another API":    {func(o *latchkey.AccessTokenOptions) { o.API = "streams" }, latchkey.ErrTokenInvalid},
		"another issuer": {func(o *latchkey.AccessTokenOptions) { o.Issuer = "https://elsewhere.example" }, latchkey.ErrTokenInvalid},
		"later": {func(o *latchkey.AccessTokenOptions) {
			o.Now = func() time.Time { return time.Now().Add(301 * time.Second) }
		}, latchkey.ErrTokenExpired},
		"a clock that is behind": {func(o *latchkey.AccessTokenOptions) {
			o.Now = func() time.Time { return time.Unix(0, 0) }
		}, nil},
		"the first verifier is away": {func(o *latchkey.AccessTokenOptions) {
			o.URLs = append([]string{"http://127.0.0.1:9"}, o.URLs...)
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := newTokenVerifier(t, expected.change).Verify(context.Background(), token); !errors.Is(err, expected.err) {
				t.Fatal(err)
			}
		})
	}
}

func TestNothingIsAcceptedWithoutRevocations(t *testing.T) {
	token := issueToken(t, newKey(t), "badges:read")
	rejected := newTokenVerifier(t, func(o *latchkey.AccessTokenOptions) { o.Token = "lk_svc_wrong" })
	var unavailable *latchkey.UnavailableError
	if _, err := rejected.Verify(context.Background(), token); !errors.As(err, &unavailable) {
		t.Fatal(err)
	}
	closed := newTokenVerifier(t, nil)
	closed.Close()
	if _, err := closed.Verify(context.Background(), token); !errors.As(err, &unavailable) {
		t.Fatal(err)
	}
}
