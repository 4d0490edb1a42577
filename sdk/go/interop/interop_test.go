// Package interop tests access tokens with Go libraries that know only the standards. It is a separate module, so that
// the SDK depends on none of them.
package interop

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

type deployment struct {
	PortalURL       string `json:"portalUrl"`
	ManagementToken string `json:"managementToken"`
	ProjectID       string `json:"projectId"`
}

type claims struct {
	jwt.RegisteredClaims
	ClientID string `json:"client_id"`
	Scope    string `json:"scope"`
	Latchkey struct {
		Project string `json:"project"`
		Secret  string `json:"secret"`
	} `json:"latchkey"`
}

func running(t *testing.T) deployment {
	t.Helper()
	text := os.Getenv("LATCHKEY_SDK_DEPLOYMENT")
	if text == "" {
		t.Fatal("Run these tests with npm run test:sdk go.")
	}
	var found deployment
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		t.Fatal(err)
	}
	return found
}

// createKey creates a key by the management API and returns its id and secret.
func createKey(t *testing.T, d deployment) (string, string) {
	t.Helper()
	body := strings.NewReader(`{"name":"oauth2","environment":"live"}`)
	request, err := http.NewRequest("POST", d.PortalURL+"/api/v1/projects/"+d.ProjectID+"/keys", body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+d.ManagementToken)
	request.Header.Set("Content-Type", "application/json")
	var created struct {
		Key    struct{ ID string }
		Secret string
	}
	read(t, request, http.StatusCreated, &created)
	return created.Key.ID, created.Secret
}

func read(t *testing.T, request *http.Request, status int, into any) {
	t.Helper()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != status {
		t.Fatalf("%s answered %d", request.URL, response.StatusCode)
	}
	if err := json.NewDecoder(response.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
}

func config(d deployment, id, secret string, style oauth2.AuthStyle) clientcredentials.Config {
	return clientcredentials.Config{
		ClientID:       id,
		ClientSecret:   secret,
		TokenURL:       d.PortalURL + "/oauth/token",
		Scopes:         []string{"badges:read"},
		EndpointParams: url.Values{"resource": {"badges"}},
		AuthStyle:      style,
	}
}

// keyOf finds the public key that a token names, as a service does.
func keyOf(t *testing.T, d deployment) jwt.Keyfunc {
	t.Helper()
	request, err := http.NewRequest("GET", d.PortalURL+"/.well-known/jwks.json", nil)
	if err != nil {
		t.Fatal(err)
	}
	var set struct{ Keys []struct{ Kid, X, Y string } }
	read(t, request, http.StatusOK, &set)
	return func(token *jwt.Token) (any, error) {
		for _, key := range set.Keys {
			if key.Kid != token.Header["kid"] {
				continue
			}
			x, xErr := base64.RawURLEncoding.DecodeString(key.X)
			y, yErr := base64.RawURLEncoding.DecodeString(key.Y)
			return &ecdsa.PublicKey{
				Curve: elliptic.P256(),
				X:     new(big.Int).SetBytes(x),
				Y:     new(big.Int).SetBytes(y),
			}, errors.Join(xErr, yErr)
		}
		return nil, errors.New("unknown key")
	}
}

func TestOAuth2GetsTokensThatGolangJWTVerifies(t *testing.T) {
	d := running(t)
	id, secret := createKey(t, d)
	find := keyOf(t, d)
	for name, style := range map[string]oauth2.AuthStyle{
		"detected": oauth2.AuthStyleAutoDetect,
		"basic":    oauth2.AuthStyleInHeader,
		"body":     oauth2.AuthStyleInParams,
	} {
		t.Run(name, func(t *testing.T) {
			credentials := config(d, id, secret, style)
			token, err := credentials.Token(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if token.Type() != "Bearer" || time.Until(token.Expiry) > 5*time.Minute {
				t.Fatalf("type %s, expiry %s", token.Type(), token.Expiry)
			}
			parsed, err := jwt.ParseWithClaims(token.AccessToken, &claims{}, find,
				jwt.WithValidMethods([]string{"ES256"}), jwt.WithIssuer(d.PortalURL),
				jwt.WithAudience("badges"), jwt.WithExpirationRequired(), jwt.WithIssuedAt())
			if err != nil {
				t.Fatal(err)
			}
			got := parsed.Claims.(*claims)
			if parsed.Header["typ"] != "at+jwt" || got.Subject != id || got.ClientID != id ||
				got.Scope != "badges:read" || got.Latchkey.Project != d.ProjectID || got.Latchkey.Secret == "" {
				t.Fatalf("header %v, claims %+v", parsed.Header, got)
			}
		})
	}
}

func TestOAuth2ReadsWhyATokenIsDenied(t *testing.T) {
	d := running(t)
	id, secret := createKey(t, d)
	for name, change := range map[string]struct {
		change func(*clientcredentials.Config)
		code   string
	}{
		"a wrong secret":    {func(c *clientcredentials.Config) { c.ClientSecret = secret[:len(secret)-1] }, "invalid_client"},
		"an unknown API":    {func(c *clientcredentials.Config) { c.EndpointParams.Set("resource", "nothing") }, "invalid_target"},
		"an unknown scope":  {func(c *clientcredentials.Config) { c.Scopes = []string{"badges:admin"} }, "invalid_scope"},
		"another key's id":  {func(c *clientcredentials.Config) { c.ClientID = "key_other" }, "invalid_client"},
		"no API in request": {func(c *clientcredentials.Config) { c.EndpointParams = nil }, "invalid_target"},
	} {
		t.Run(name, func(t *testing.T) {
			credentials := config(d, id, secret, oauth2.AuthStyleInHeader)
			change.change(&credentials)
			_, err := credentials.Token(context.Background())
			var failure *oauth2.RetrieveError
			if !errors.As(err, &failure) || failure.ErrorCode != change.code || failure.ErrorDescription == "" {
				t.Fatalf("got %v, want %s with a description", err, change.code)
			}
		})
	}
}
