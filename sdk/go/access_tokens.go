package latchkey

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	defaultMaxDelay = 5 * time.Second
	minMaxDelay     = 3 * time.Second
	// revocationWait is how long a request waits for a revocation. Without an answer for longer, the connection may be
	// broken.
	revocationWait = 2 * time.Second
	revocationPath = "/api/v1/revocations"
	keysPath       = "/.well-known/jwks.json"
	// maxListBytes bounds what is read of a list of revocations or keys.
	maxListBytes = 4 << 20
)

// Why VerifyToken denies an access token. Answer the caller with 401, and with 403 for ErrScopeNotGranted.
var (
	ErrTokenInvalid    = errors.New("latchkey: this is not an access token for this API")
	ErrTokenExpired    = errors.New("latchkey: the access token has expired")
	ErrTokenRevoked    = errors.New("latchkey: the access token was revoked")
	ErrScopeNotGranted = errors.New("latchkey: the access token lacks a scope")
)

// AccessTokenOptions of an AccessTokenVerifier. URLs, Token, Issuer and API are required.
type AccessTokenOptions struct {
	// URLs of the verifiers, nearest first: the next one is used while one fails.
	URLs []string
	// Token is the service token (lk_svc_…), with which revocations are read.
	Token string
	// Issuer is the portal's URL (LATCHKEY_URL).
	Issuer string
	// API is the slug of the API that the service implements.
	API string
	// MaxDelay is how old the list of revocations may be. If it is older because no verifier answers or the machine
	// slept, Verify returns an *UnavailableError. Default: 5 seconds; at least 3.
	MaxDelay time.Duration
	// OnError receives why revocations can't be read, five times a second. Default: a warning of slog once a minute.
	OnError func(error)
	// Transport sends the requests. Default: http.DefaultTransport.
	Transport http.RoundTripper
	// Now is the current time, by which tokens expire. For tests.
	Now func() time.Time
}

// AccessTokenVerifier verifies access tokens without a request for each, and follows the list of revocations: a token
// of a revoked key is denied within a second. It is safe for concurrent use; create one and Close it at the end.
type AccessTokenVerifier struct {
	options AccessTokenOptions
	// clock is the current moment, by which the list of revocations ages.
	clock   func() moment
	http    http.Client
	keys    keySet
	stop    context.CancelFunc
	stopped chan struct{}
	first   chan struct{}

	mutex       sync.Mutex
	revocations revocations
	closed      bool
	// current is the number of the verifier that is asked, which counts on when one fails.
	current int
}

// NewAccessTokenVerifier starts to read revocations. It returns an error for options that can't work.
func NewAccessTokenVerifier(options AccessTokenOptions) (*AccessTokenVerifier, error) {
	return newAccessTokenVerifier(options, currentMoment)
}

func newAccessTokenVerifier(options AccessTokenOptions, clock func() moment) (*AccessTokenVerifier, error) {
	if err := checkConnection(options.URLs, options.Token); err != nil {
		return nil, err
	}
	if options.Issuer == "" || options.API == "" {
		return nil, errors.New("latchkey: give the issuer and the API")
	}
	if options.MaxDelay == 0 {
		options.MaxDelay = defaultMaxDelay
	}
	if options.MaxDelay < minMaxDelay {
		return nil, fmt.Errorf("latchkey: MaxDelay must be at least %s", minMaxDelay)
	}
	if options.OnError == nil {
		isDue := onceAMinute(time.Now)
		options.OnError = func(err error) {
			if isDue() {
				slog.Warn("latchkey: revocations can't be read", "error", err)
			}
		}
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	ctx, stop := context.WithCancel(context.Background())
	verifier := &AccessTokenVerifier{
		options: options,
		clock:   clock,
		http:    withoutRedirects(options.Transport),
		stop:    stop,
		stopped: make(chan struct{}),
		first:   make(chan struct{}),
	}
	verifier.keys.clock = clock
	verifier.keys.reading = make(chan struct{}, 1)
	verifier.keys.read = func(ctx context.Context) ([]byte, error) { return verifier.get(ctx, keysPath, "") }
	go verifier.follow(ctx)
	return verifier, nil
}

// Verify returns the claims of a token of this issuer for this API that is unexpired, not revoked, and has the scopes.
// Otherwise it returns ErrTokenInvalid, ErrTokenExpired, ErrTokenRevoked or an error that wraps ErrScopeNotGranted, and
// an *UnavailableError while keys or revocations are not known.
func (v *AccessTokenVerifier) Verify(ctx context.Context, token string, scopes ...string) (*AccessTokenClaims, error) {
	decoded, ok := decodeToken(token)
	if !ok {
		return nil, ErrTokenInvalid
	}
	v.awaitFirst(ctx)
	// While no verifier answers, nobody waits for keys: they are read once at a time.
	v.mutex.Lock()
	isFresh := v.isFresh()
	v.mutex.Unlock()
	if !isFresh {
		return nil, unknownRevocations()
	}
	signed, err := v.keys.hasSigned(ctx, decoded)
	if err != nil {
		return nil, &UnavailableError{Message: "the keys of access tokens can't be read", Err: err}
	}
	claims := decoded.claims
	if !signed || !claims.areFor(v.options.Issuer, v.options.API) {
		return nil, ErrTokenInvalid
	}
	// After every wait, so that nothing is decided by what was known before it.
	v.mutex.Lock()
	defer v.mutex.Unlock()
	if !v.isFresh() {
		return nil, unknownRevocations()
	}
	now := v.options.Now()
	// A clock that is behind must not accept tokens whose revocation verifiers have forgotten.
	if server := v.revocations.serverTime(v.clock()); server.After(now) {
		now = server
	}
	if !now.Before(time.Unix(claims.ExpiresAt, 0)) {
		return nil, ErrTokenExpired
	}
	if v.revocations.has(claims) {
		return nil, ErrTokenRevoked
	}
	for _, scope := range scopes {
		if !slices.Contains(claims.Scopes(), scope) {
			return nil, fmt.Errorf("%w: %s", ErrScopeNotGranted, scope)
		}
	}
	return claims, nil
}

// isFresh says whether it is known which tokens are revoked. The mutex is held.
func (v *AccessTokenVerifier) isFresh() bool {
	return !v.closed && v.clock().since(v.revocations.confirmedAt) <= v.options.MaxDelay
}

func unknownRevocations() error {
	return &UnavailableError{Message: "it is not known which access tokens are revoked."}
}

// Close stops reading revocations. Verify then returns an *UnavailableError.
func (v *AccessTokenVerifier) Close() {
	v.mutex.Lock()
	v.closed = true
	v.mutex.Unlock()
	v.stop()
	<-v.stopped
}

// awaitFirst waits for the first answer, as long as for a verdict.
func (v *AccessTokenVerifier) awaitFirst(ctx context.Context) {
	timer := time.NewTimer(defaultTimeout)
	defer timer.Stop()
	select {
	case <-v.first:
	case <-v.stopped:
	case <-ctx.Done():
	case <-timer.C:
	}
}

func (v *AccessTokenVerifier) follow(ctx context.Context) {
	defer close(v.stopped)
	for ctx.Err() == nil {
		err := v.readNext(ctx)
		if err == nil || ctx.Err() != nil {
			continue
		}
		v.options.OnError(err)
		v.mutex.Lock()
		v.current++
		v.mutex.Unlock()
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func (v *AccessTokenVerifier) readNext(ctx context.Context) error {
	v.mutex.Lock()
	cursor := v.revocations.cursor
	v.mutex.Unlock()
	path := revocationPath
	if cursor != "" {
		query := url.Values{"wait": {fmt.Sprint(int(revocationWait.Seconds()))}, "after": {cursor}}
		path += "?" + query.Encode()
	}
	sentAt := v.clock()
	body, err := v.get(ctx, path, v.options.Token)
	if err != nil {
		return err
	}
	var answer revocationsAnswer
	if err := json.Unmarshal(body, &answer); err != nil || answer.Cursor == "" || answer.AsOf.IsZero() {
		return errors.New("latchkey: the verifier answered without a list of revocations")
	}
	v.mutex.Lock()
	defer v.mutex.Unlock()
	v.revocations.apply(answer, sentAt, v.clock())
	if answer.More {
		return nil
	}
	select {
	case <-v.first:
	default:
		close(v.first)
	}
	return nil
}

// get returns the body that the current verifier answers.
func (v *AccessTokenVerifier) get(ctx context.Context, path, token string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, revocationWait+defaultTimeout)
	defer cancel()
	v.mutex.Lock()
	base := v.options.URLs[v.current%len(v.options.URLs)]
	v.mutex.Unlock()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(base, "/")+path, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := v.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := readAll(response, maxListBytes)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		failure := &ConfigurationError{Status: response.StatusCode, Origin: originOf(base)}
		_ = json.Unmarshal(body, &failure.Problem)
		return nil, failure
	}
	return body, nil
}
