package latchkey

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"sync"
	"time"
)

const maxTokenLength = 16_384

// AccessTokenClaims are the claims of an access token (RFC 9068). IssuedAt and ExpiresAt are seconds since the epoch.
type AccessTokenClaims struct {
	Issuer string `json:"iss"`
	// Subject is the id of the key.
	Subject string `json:"sub"`
	// Audience is the slug of the API.
	Audience  string `json:"aud"`
	IssuedAt  int64  `json:"iat"`
	ExpiresAt int64  `json:"exp"`
	ID        string `json:"jti"`
	// Scope has the scopes separated by spaces; empty if the API has none.
	Scope    string              `json:"scope"`
	Latchkey AccessTokenLatchkey `json:"latchkey"`
}

// AccessTokenLatchkey says what the key of an access token belongs to.
type AccessTokenLatchkey struct {
	Project     string      `json:"project"`
	Environment Environment `json:"environment"`
	// ExternalID is the id of the customer, tenant or app; empty for none.
	ExternalID string `json:"externalId"`
	// Secret is the id of the secret that was exchanged.
	Secret string `json:"secret"`
}

// Scopes of the token.
func (c *AccessTokenClaims) Scopes() []string { return strings.Fields(c.Scope) }

func (c *AccessTokenClaims) areFor(issuer, api string) bool {
	isComplete := c.Subject != "" && c.ID != "" && c.Latchkey.Project != "" && c.Latchkey.Secret != ""
	return isComplete && c.Issuer == issuer && c.Audience == api && c.IssuedAt > 0 && c.ExpiresAt > 0
}

// decodedToken is a token that was taken apart. Nothing in it is verified.
type decodedToken struct {
	algorithm string
	keyID     string
	claims    *AccessTokenClaims
	// signed is what the signature is for.
	signed    []byte
	signature []byte
}

// decodeToken returns the parts of an access token; false for any other text.
func decodeToken(token string) (decodedToken, bool) {
	parts := strings.Split(token, ".")
	if len(token) > maxTokenLength || len(parts) != 3 {
		return decodedToken{}, false
	}
	var decoded [3][]byte
	for i, part := range parts {
		bytes, err := base64.RawURLEncoding.Strict().DecodeString(part)
		if err != nil || len(bytes) == 0 || strings.ContainsAny(part, "\r\n") {
			return decodedToken{}, false
		}
		decoded[i] = bytes
	}
	var header struct {
		Algorithm string          `json:"alg"`
		KeyID     string          `json:"kid"`
		Type      string          `json:"typ"`
		Critical  json.RawMessage `json:"crit"`
	}
	claims := new(AccessTokenClaims)
	if json.Unmarshal(decoded[0], &header) != nil || json.Unmarshal(decoded[1], claims) != nil {
		return decodedToken{}, false
	}
	// A media type, whose prefix may be left out (RFC 7515, 4.1.9). An extension that must be understood is not.
	kind := strings.TrimPrefix(strings.ToLower(header.Type), "application/")
	if kind != "at+jwt" || header.Critical != nil {
		return decodedToken{}, false
	}
	return decodedToken{
		algorithm: header.Algorithm,
		keyID:     header.KeyID,
		claims:    claims,
		signed:    []byte(parts[0] + "." + parts[1]),
		signature: decoded[2],
	}, true
}

const (
	// keysRefresh: keys are published a day before they sign, so those in memory are enough for as long.
	keysRefresh = 5 * time.Minute
	// keysMinRefresh: an unknown key id in a token makes the keys be read again, but not more often than this, because
	// anyone can send one.
	keysMinRefresh = 10 * time.Second
)

type publicKey struct {
	algorithm string
	verify    func(signed, signature []byte) bool
}

// keySet has the published keys that verify access tokens (RFC 7517).
type keySet struct {
	read  func(ctx context.Context) ([]byte, error)
	clock func() moment

	// reading has an element while keys are read, so that tokens with known keys need not wait.
	reading chan struct{}
	mutex   sync.Mutex
	keys    map[string]publicKey
	triedAt moment
}

// hasSigned says whether one of the published keys signed the token, with the algorithm of that key. It returns an error
// if the keys could never be read, after a second at most.
func (s *keySet) hasSigned(ctx context.Context, token decodedToken) (bool, error) {
	key, known, age := s.find(token.keyID)
	if known && age > keysRefresh {
		s.refreshInBackground()
	}
	if !known {
		ctx, cancel := context.WithTimeout(ctx, defaultTimeout)
		defer cancel()
		select {
		case s.reading <- struct{}{}:
			defer func() { <-s.reading }()
		case <-ctx.Done():
			return false, context.Cause(ctx)
		}
		if key, known, age = s.find(token.keyID); !known && age > keysMinRefresh {
			if err := s.refresh(ctx); err != nil {
				return false, err
			}
			key, known, _ = s.find(token.keyID)
		}
	}
	return known && key.algorithm == token.algorithm && key.verify(token.signed, token.signature), nil
}

// find returns the key with this id, and how long ago keys were read. Without any, that is long ago.
func (s *keySet) find(id string) (key publicKey, known bool, age time.Duration) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	key, known = s.keys[id]
	return key, known, s.clock().since(s.triedAt)
}

// refreshInBackground reads the keys, unless they are being read.
func (s *keySet) refreshInBackground() {
	select {
	case s.reading <- struct{}{}:
	default:
		return
	}
	go func() {
		defer func() { <-s.reading }()
		// Those in memory still verify.
		_ = s.refresh(context.Background())
	}()
}

// refresh reads the keys. It returns an error only if there are none in memory.
func (s *keySet) refresh(ctx context.Context) error {
	keys, err := s.readAll(ctx)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err != nil && s.keys == nil {
		return err
	}
	s.triedAt = s.clock()
	if err == nil {
		s.keys = keys
	}
	return nil
}

func (s *keySet) readAll(ctx context.Context) (map[string]publicKey, error) {
	body, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	var set struct {
		Keys []json.RawMessage
	}
	if err := json.Unmarshal(body, &set); err != nil || set.Keys == nil {
		return nil, errors.New("latchkey: the answer is not a set of keys")
	}
	keys := make(map[string]publicKey, len(set.Keys))
	for _, each := range set.Keys {
		// A key that can't be imported is left out: the others still verify.
		var jwk struct{ Kid, Kty, Crv, X, Y string }
		if json.Unmarshal(each, &jwk) != nil {
			continue
		}
		x, xErr := base64.RawURLEncoding.DecodeString(jwk.X)
		y, yErr := base64.RawURLEncoding.DecodeString(jwk.Y)
		if xErr != nil || yErr != nil || jwk.Kid == "" {
			continue
		}
		switch jwk.Kty + " " + jwk.Crv {
		case "EC P-256":
			key := &ecdsa.PublicKey{Curve: elliptic.P256(), X: new(big.Int).SetBytes(x), Y: new(big.Int).SetBytes(y)}
			// Fails for a point that is not on the curve.
			if _, err := key.ECDH(); err == nil {
				keys[jwk.Kid] = publicKey{"ES256", func(signed, signature []byte) bool {
					return verifyES256(key, signed, signature)
				}}
			}
		case "OKP Ed25519":
			if len(x) == ed25519.PublicKeySize {
				keys[jwk.Kid] = publicKey{"EdDSA", func(signed, signature []byte) bool {
					return ed25519.Verify(x, signed, signature)
				}}
			}
		}
	}
	return keys, nil
}

// verifyES256 verifies a signature of two numbers of 32 bytes (RFC 7518, 3.4).
func verifyES256(key *ecdsa.PublicKey, signed, signature []byte) bool {
	if len(signature) != 64 {
		return false
	}
	digest := sha256.Sum256(signed)
	r, s := new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])
	return ecdsa.Verify(key, digest[:], r, s)
}
