package latchkey_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
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

// signer signs access tokens with a key that a verifier publishes.
type signer struct {
	key *ecdsa.PrivateKey
	jwk map[string]any
}

func newSigner(t *testing.T) signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	part := func(number *big.Int) string {
		return base64.RawURLEncoding.EncodeToString(number.FillBytes(make([]byte, 32)))
	}
	return signer{key, map[string]any{"kid": "k1", "kty": "EC", "crv": "P-256", "x": part(key.X), "y": part(key.Y)}}
}

func (s signer) token(t *testing.T, keyID string) string {
	t.Helper()
	return s.tokenFor(t, keyID, 5*time.Minute)
}

// tokenFor returns a token that expires after a lifetime, which can be negative.
func (s signer) tokenFor(t *testing.T, keyID string, lifetime time.Duration) string {
	t.Helper()
	part := func(value any) string {
		text, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(text)
	}
	now := time.Now()
	signed := part(map[string]string{"alg": "ES256", "kid": "k1", "typ": "at+jwt"}) + "." + part(map[string]any{
		"iss": "https://keys.example", "sub": keyID, "aud": "badges", "jti": keyID,
		"iat": now.Unix(), "exp": now.Add(lifetime).Unix(),
		"latchkey": map[string]string{"project": "prj_1", "secret": "sec_1"},
	})
	digest := sha256.Sum256([]byte(signed))
	r, second, err := ecdsa.Sign(rand.Reader, s.key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	signature := append(r.FillBytes(make([]byte, 32)), second.FillBytes(make([]byte, 32))...)
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// fakeVerifier has a list of revocations with one key, and a clock that is ahead by as many seconds.
type fakeVerifier struct {
	keys  []any
	ahead atomic.Int64
	lag   time.Duration
	// hidesKeys lets requests for the keys hang.
	hidesKeys bool
	// answering is closed when requests that wait for something new are answered; nil for after a moment.
	answering chan struct{}
}

// start starts the fake, and returns the options of what follows it.
func (f *fakeVerifier) start(t *testing.T) latchkey.AccessTokenOptions {
	t.Helper()
	until := time.Now().Add(15 * time.Minute)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		if request.URL.Path == "/.well-known/jwks.json" {
			if f.hidesKeys {
				<-request.Context().Done()
				return
			}
			_ = json.NewEncoder(w).Encode(map[string]any{"keys": f.keys})
			return
		}
		isComplete := !request.URL.Query().Has("after")
		entries := []any{}
		if isComplete {
			entries = append(entries, map[string]any{"keyId": "key_revoked", "issuedBefore": nil, "until": until})
		} else {
			// A request that waits for something new.
			time.Sleep(50 * time.Millisecond)
			if f.answering != nil {
				select {
				case <-f.answering:
				case <-request.Context().Done():
				}
			}
		}
		_ = json.NewEncoder(w).Encode(map[string]any{
			"complete": isComplete, "cursor": "a.1", "more": false, "entries": entries, "lagMs": f.lag.Milliseconds(),
			"asOf": time.Now().Add(time.Duration(f.ahead.Load())*time.Second - f.lag).UTC(),
		})
	}))
	t.Cleanup(server.Close)
	return latchkey.AccessTokenOptions{
		URLs: []string{server.URL}, Token: "t", Issuer: "https://keys.example", API: "badges", OnError: func(error) {},
	}
}

// verifyWith starts the fake, and returns what follows it. now is the clock of the service; nil for the right one.
func (f *fakeVerifier) verifyWith(t *testing.T, now func() time.Time) *latchkey.AccessTokenVerifier {
	t.Helper()
	options := f.start(t)
	options.Now = now
	verifier, err := latchkey.NewAccessTokenVerifier(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(verifier.Close)
	return verifier
}

func TestTokensDoNotWaitForEachOtherWhileTheKeysCanNotBeRead(t *testing.T) {
	signer := newSigner(t)
	fake := fakeVerifier{hidesKeys: true}
	verifier := fake.verifyWith(t, nil)
	startedAt := time.Now()
	results := make(chan error)
	for range 5 {
		go func() {
			_, err := verifier.Verify(context.Background(), signer.token(t, "key_1"))
			results <- err
		}()
	}
	for range 5 {
		var unavailable *latchkey.UnavailableError
		if err := <-results; !errors.As(err, &unavailable) {
			t.Error(err)
		}
	}
	if took := time.Since(startedAt); took > 2500*time.Millisecond {
		t.Errorf("it took %s", took)
	}
}

func TestAfterAClockWasAheadTokensAreAcceptedAgainAndRevokedOnesStayDenied(t *testing.T) {
	signer := newSigner(t)
	fake := fakeVerifier{keys: []any{signer.jwk}}
	fake.ahead.Store(5 * 3600)
	verifier := fake.verifyWith(t, nil)
	verify := func(keyID string) error {
		_, err := verifier.Verify(context.Background(), signer.token(t, keyID))
		return err
	}
	if err := verify("key_1"); !errors.Is(err, latchkey.ErrTokenExpired) {
		t.Fatal(err)
	}
	fake.ahead.Store(0)
	for deadline := time.Now().Add(15 * time.Second); verify("key_1") != nil; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal(verify("key_1"))
		}
	}
	if err := verify("key_revoked"); !errors.Is(err, latchkey.ErrTokenRevoked) {
		t.Fatal(err)
	}
}

func TestAServiceWhoseClockIsBehindDeniesATokenThatEndedWhileItsVerifierLagged(t *testing.T) {
	signer := newSigner(t)
	// The list has no entry for it anymore: the verifier forgot it when the token expired.
	fake := fakeVerifier{keys: []any{signer.jwk}, lag: 4 * time.Second}
	verifier := fake.verifyWith(t, func() time.Time { return time.Now().Add(-time.Hour) })
	ended := signer.tokenFor(t, "key_1", -time.Second)
	if _, err := verifier.Verify(context.Background(), ended); !errors.Is(err, latchkey.ErrTokenExpired) {
		t.Fatal(err)
	}
	if _, err := verifier.Verify(context.Background(), signer.token(t, "key_1")); err != nil {
		t.Fatal(err)
	}
}

func TestAfterASleepNoTokenIsAcceptedUntilAVerifierWasAskedAgain(t *testing.T) {
	for name, passed := range map[string]struct{ steady, wall time.Duration }{
		"the machine slept":                      {wall: time.Hour},
		"time passed and the clock was set back": {steady: 10 * time.Second, wall: -time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			signer := newSigner(t)
			fake := fakeVerifier{keys: []any{signer.jwk}, answering: make(chan struct{})}
			var steady, wall atomic.Int64
			verifier, err := latchkey.NewShiftedAccessTokenVerifier(fake.start(t), func() (time.Duration, time.Duration) {
				return time.Duration(steady.Load()), time.Duration(wall.Load())
			})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(verifier.Close)
			verify := func() error {
				_, err := verifier.Verify(context.Background(), signer.token(t, "key_1"))
				return err
			}
			if err := verify(); err != nil {
				t.Fatal(err)
			}
			steady.Store(int64(passed.steady))
			wall.Store(int64(passed.wall))
			var unavailable *latchkey.UnavailableError
			if err := verify(); !errors.As(err, &unavailable) {
				t.Fatal(err)
			}
			close(fake.answering)
			for deadline := time.Now().Add(15 * time.Second); verify() != nil; time.Sleep(20 * time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatal(verify())
				}
			}
		})
	}
}

func TestPublishedKeysThatCannotBeImportedLeaveTheOthersUsable(t *testing.T) {
	signer := newSigner(t)
	keys := []any{
		map[string]any{"kid": "off the curve", "kty": "EC", "crv": "P-256", "x": signer.jwk["y"], "y": signer.jwk["x"]},
		map[string]any{"kid": "no number", "kty": "EC", "crv": "P-256", "x": 7, "y": 7},
		map[string]any{"kid": "too long", "kty": "OKP", "crv": "Ed25519", "x": "AAAAAAAAAAAA"},
		nil,
		7,
		signer.jwk,
	}
	fake := fakeVerifier{keys: keys}
	verifier := fake.verifyWith(t, nil)
	if _, err := verifier.Verify(context.Background(), signer.token(t, "key_1")); err != nil {
		t.Fatal(err)
	}
}

// lineCounter counts what is written to it.
type lineCounter struct{ atomic.Int32 }

func (c *lineCounter) Write(line []byte) (int, error) {
	c.Add(1)
	return len(line), nil
}

func TestAnOutageIsLoggedOnceAMinute(t *testing.T) {
	var lines lineCounter
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&lines, nil)))
	defer slog.SetDefault(before)
	var requests atomic.Int32
	failing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		w.WriteHeader(http.StatusInternalServerError)
	}))
	defer failing.Close()
	verifier, err := latchkey.NewAccessTokenVerifier(latchkey.AccessTokenOptions{
		URLs: []string{failing.URL}, Token: "t", Issuer: "https://keys.example", API: "badges",
	})
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(15 * time.Second); requests.Load() < 4; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it is not read again")
		}
	}
	verifier.Close()
	if lines.Load() != 1 {
		t.Errorf("it was logged %d times", lines.Load())
	}
}
