// Package webhooks verifies the webhooks that Latchkey sends (Standard Webhooks 1.0).
package webhooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const defaultTolerance = 5 * time.Minute

// Event as Latchkey sends it (docs/integrate/webhooks.md).
type Event struct {
	// ID is the same for every attempt of an event: store it to ignore repetitions.
	ID string `json:"-"`
	// Type is for example "key.revoked". New types are added; ignore those that you don't know.
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      Data      `json:"data"`
}

// Data says what happened.
type Data struct {
	Project Named          `json:"project"`
	Subject Named          `json:"subject"`
	By      string         `json:"by"`
	Title   string         `json:"title"`
	Text    string         `json:"text"`
	URL     string         `json:"url"`
	Details map[string]any `json:"details"`
}

// Named is something with an id and a name.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// ErrInvalid means that the request isn't from Latchkey, was changed, or is too old. Answer it with 401.
var ErrInvalid = errors.New("latchkey: invalid webhook")

// Verifier verifies webhooks. It is safe for concurrent use once its fields are set.
type Verifier struct {
	// Tolerance is the largest age and the largest clock difference. Default: five minutes.
	Tolerance time.Duration
	// Now is the current time. For tests.
	Now     func() time.Time
	secrets [][]byte
}

// New returns a verifier for a signing secret (whsec_…), or for several during a rotation.
func New(secrets ...string) (*Verifier, error) {
	verifier := &Verifier{Tolerance: defaultTolerance, Now: time.Now}
	for _, secret := range secrets {
		decoded, err := decodeBase64(strings.TrimPrefix(secret, "whsec_"))
		if err != nil || len(decoded) == 0 {
			return nil, errors.New("latchkey: this is not a webhook signing secret")
		}
		verifier.secrets = append(verifier.secrets, decoded)
	}
	if len(secrets) == 0 {
		return nil, errors.New("latchkey: give the webhook signing secret")
	}
	return verifier, nil
}

var digits = regexp.MustCompile(`^\d{1,12}$`)

// Verify returns the event of a request after verifying its signature. body is the raw body, before any parsing. The
// error wraps ErrInvalid unless the signature is right and the timestamp within the tolerance.
func (v *Verifier) Verify(body []byte, header http.Header) (*Event, error) {
	id, timestamp, signatures := header.Get("webhook-id"), header.Get("webhook-timestamp"), header.Get("webhook-signature")
	if id == "" || timestamp == "" || signatures == "" {
		return nil, fmt.Errorf("%w: a signature header is missing", ErrInvalid)
	}
	if !v.isRecent(timestamp) {
		return nil, fmt.Errorf("%w: the timestamp is too old, or too far in the future", ErrInvalid)
	}
	if !v.isSigned(id+"."+timestamp+"."+string(body), signatures) {
		return nil, fmt.Errorf("%w: no signature matches", ErrInvalid)
	}
	event := Event{ID: id}
	if err := json.Unmarshal(body, &event); err != nil {
		return nil, fmt.Errorf("latchkey: a signed webhook that is no event: %w", err)
	}
	return &event, nil
}

func (v *Verifier) isRecent(timestamp string) bool {
	if !digits.MatchString(timestamp) {
		return false
	}
	sentAt, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return false
	}
	return v.Now().Sub(time.Unix(sentAt, 0)).Abs() <= v.Tolerance
}

func (v *Verifier) isSigned(content, signatures string) bool {
	var offered [][]byte
	for _, signature := range strings.Split(signatures, " ") {
		encoded, isV1 := strings.CutPrefix(signature, "v1,")
		if decoded, err := decodeBase64(encoded); isV1 && err == nil {
			offered = append(offered, decoded)
		}
	}
	for _, secret := range v.secrets {
		// Once, because anyone can send thousands of signatures.
		mac := hmac.New(sha256.New, secret)
		mac.Write([]byte(content))
		expected := mac.Sum(nil)
		for _, signature := range offered {
			// Compares in constant time.
			if hmac.Equal(signature, expected) {
				return true
			}
		}
	}
	return false
}

func decodeBase64(text string) ([]byte, error) {
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
}
