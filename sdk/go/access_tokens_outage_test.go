package latchkey_test

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	latchkey "github.com/latchkey/latchkey/sdk/go"
)

func TestTokensDoNotWaitForEachOtherWhileNoVerifierAnswers(t *testing.T) {
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, request *http.Request) {
		<-request.Context().Done()
	}))
	defer silent.Close()
	verifier, err := latchkey.NewAccessTokenVerifier(latchkey.AccessTokenOptions{
		URLs: []string{silent.URL}, Token: "t", Issuer: "https://keys.example", API: "badges", OnError: func(error) {},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer verifier.Close()
	part := base64.RawURLEncoding.EncodeToString
	token := part([]byte(`{"alg":"ES256","kid":"k","typ":"at+jwt"}`)) + "." + part([]byte(`{}`)) + "." + part([]byte("s"))
	results := make(chan error)
	for range 5 {
		go func() {
			_, err := verifier.Verify(context.Background(), token)
			results <- err
		}()
	}
	timeout := time.After(3 * time.Second)
	for range 5 {
		select {
		case err := <-results:
			var unavailable *latchkey.UnavailableError
			if !errors.As(err, &unavailable) {
				t.Fatal(err)
			}
		case <-timeout:
			t.Fatal("tokens wait for each other")
		}
	}
}
