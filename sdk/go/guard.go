package latchkey

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"
)

// GuardOptions are what a Guard needs to know about the service. All are optional.
type GuardOptions struct {
	// Operation being called, instead of method and path. An empty result means method and path.
	Operation func(*http.Request) string
	// Cost is how many units the request takes from rate limits and quotas, 0 to 1,000. Default: 1.
	Cost func(*http.Request) int
	// RequiredScopes are scopes that the key must have, besides those that the API's operation needs. Default: none.
	RequiredScopes func(*http.Request) []string
	// TrustedProxies are addresses and networks of your own proxies. If the peer is one of them, the caller is the
	// rightmost address of X-Forwarded-For that is not. Default: none, so that the header is ignored.
	TrustedProxies []string
	// ReadKey returns the key of a request. Default: X-Api-Key, else Authorization: Bearer.
	ReadKey func(*http.Request) string
	// OnError is called for every request that is answered with 503. Default: logs the error once a minute with slog.
	OnError func(*http.Request, error)
	// Now is the current time. For tests.
	Now func() time.Time
}

// Guard decides about requests to a service. Its Middleware is for net/http and routers like chi; Decide is for
// frameworks with their own middleware, for example Gin or Echo. It is safe for concurrent use.
type Guard struct {
	verifier Verifier
	options  GuardOptions
	trusted  networks
}

// Decision is what to do with a request.
type Decision struct {
	Pass bool
	// Verdict is nil for a CORS preflight, which carries no key, and if there is none.
	Verdict *Verdict
	// Header has what to add to the service's own answer if the request passes.
	Header http.Header
	// Response is given instead of the service if the request doesn't pass.
	Response *Response
}

// NewGuard returns a guard, or an error for a trusted proxy that is not an IP address or network.
func NewGuard(verifier Verifier, options GuardOptions) (*Guard, error) {
	if verifier == nil {
		return nil, errors.New("latchkey: give the verifier of the guard")
	}
	trusted, err := parseNetworks(options.TrustedProxies)
	if err != nil {
		return nil, err
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.OnError == nil {
		options.OnError = newErrorLog(options.Now)
	}
	return &Guard{verifier: verifier, options: options, trusted: trusted}, nil
}

// Middleware calls next only for requests that may pass, and answers the others. The handlers behind it find the
// verdict with VerdictOf.
func (g *Guard) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		decision := g.Decide(r)
		if !decision.Pass {
			decision.Response.Write(w)
			return
		}
		for name, values := range decision.Header {
			w.Header()[name] = values
		}
		next.ServeHTTP(w, r.WithContext(WithVerdict(r.Context(), decision.Verdict)))
	})
}

// Decide asks for the verdict on a request. Any error becomes an answer with 503.
func (g *Guard) Decide(r *http.Request) Decision {
	check := g.checkOf(r)
	if check.Key == "" && isPreflight(r) {
		return Decision{Pass: true, Header: http.Header{}}
	}
	verdict, err := g.verifier.Verify(r.Context(), check)
	if err != nil {
		// Nobody receives the answer to a request that its caller gave up.
		if !errors.Is(r.Context().Err(), context.Canceled) {
			g.options.OnError(r, err)
		}
		return Decision{Response: unavailableResponse(err)}
	}
	now := g.options.Now()
	if !verdict.Valid {
		return Decision{Verdict: verdict, Response: DenialResponse(verdict, now)}
	}
	return Decision{Pass: true, Verdict: verdict, Header: limitHeader(verdict, now)}
}

type verdictKey struct{}

// VerdictOf returns the verdict on the request that a handler answers; nil for a CORS preflight and without a guard.
func VerdictOf(ctx context.Context) *Verdict {
	verdict, _ := ctx.Value(verdictKey{}).(*Verdict)
	return verdict
}

// WithVerdict returns a context from which VerdictOf reads the verdict, for middleware that uses Decide.
func WithVerdict(ctx context.Context, verdict *Verdict) context.Context {
	return context.WithValue(ctx, verdictKey{}, verdict)
}

func (g *Guard) checkOf(r *http.Request) Check {
	check := Check{
		Key:             g.keyOf(r),
		ClientIP:        g.clientIPOf(r),
		Referrer:        headerOf(r, "Referer"),
		Origin:          headerOf(r, "Origin"),
		AndroidPackage:  headerOf(r, "X-Android-Package"),
		AndroidCertSHA1: headerOf(r, "X-Android-Cert"),
		IOSBundleID:     headerOf(r, "X-Ios-Bundle-Identifier"),
	}
	if g.options.Operation != nil {
		check.Operation = g.options.Operation(r)
	}
	if check.Operation == "" {
		check.Method, check.Path = r.Method, pathOf(r)
	}
	if g.options.RequiredScopes != nil {
		check.RequiredScopes = g.options.RequiredScopes(r)
	}
	if g.options.Cost != nil {
		cost := g.options.Cost(r)
		check.Cost = &cost
	}
	return check
}

var bearer = regexp.MustCompile(`(?i)^Bearer +(\S+)$`)

// keyOf returns X-Api-Key, else the token of Authorization: Bearer (RFC 6750, section 2.1).
func (g *Guard) keyOf(r *http.Request) string {
	if g.options.ReadKey != nil {
		return g.options.ReadKey(r)
	}
	if key := strings.TrimSpace(headerOf(r, "X-Api-Key")); key != "" {
		return key
	}
	if match := bearer.FindStringSubmatch(headerOf(r, "Authorization")); match != nil {
		return match[1]
	}
	return ""
}

// clientIPOf returns the caller's IP address: the peer, or what a trusted proxy wrote.
func (g *Guard) clientIPOf(r *http.Request) string {
	peer := r.RemoteAddr
	if host, _, err := net.SplitHostPort(peer); err == nil {
		peer = host
	}
	address, ok := parseClientIP(peer)
	if !ok || !g.trusted.contains(address) {
		return peer
	}
	if caller := callerOf(headerOf(r, "X-Forwarded-For"), g.trusted); caller != "" {
		return caller
	}
	return peer
}

// headerOf joins repeated headers with a comma.
func headerOf(r *http.Request, name string) string {
	return strings.Join(r.Header.Values(name), ", ")
}

// schemeAndHost of an absolute request target (RFC 9112, section 3.2.2), if all servers read them alike.
var schemeAndHost = regexp.MustCompile(`(?i)^https?://(?:[\w.-]+|\[[\da-f:.]+\])(?::\d*)?(?:[/?]|$)`)

// pathOf returns the path without the query, as it was received: a router may have changed r.URL, for example
// http.StripPrefix. Any target that routers could split in another way stays as it is, also its fragment: then it
// matches no operation.
func pathOf(r *http.Request) string {
	target := r.RequestURI
	if target == "" {
		target = r.URL.EscapedPath()
	}
	// RE2 has no lookahead, so the match includes the character after the host.
	if match := schemeAndHost.FindString(target); match != "" {
		target = target[len(strings.TrimRight(match, "/?")):]
	}
	path, _, _ := strings.Cut(target, "?")
	if path == "" {
		return "/"
	}
	return path
}

// isPreflight recognizes a browser's CORS preflight (Fetch standard). It never carries a key, and the service answers it.
func isPreflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get("Origin") != "" &&
		r.Header.Get("Access-Control-Request-Method") != ""
}

const logInterval = time.Minute

// newErrorLog logs an error at most once a minute, because an outage fails every request.
func newErrorLog(now func() time.Time) func(*http.Request, error) {
	isDue := onceAMinute(now)
	return func(r *http.Request, err error) {
		if isDue() {
			slog.ErrorContext(r.Context(), "Latchkey: a request was answered with 503.", "error", err)
		}
	}
}

// onceAMinute returns a function that is true for the first of its calls in a minute.
func onceAMinute(now func() time.Time) func() bool {
	var mu sync.Mutex
	var next time.Time
	return func() bool {
		mu.Lock()
		defer mu.Unlock()
		if now().Before(next) {
			return false
		}
		next = now().Add(logInterval)
		return true
	}
}
