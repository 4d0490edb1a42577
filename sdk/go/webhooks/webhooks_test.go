package webhooks_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/latchkey/latchkey/sdk/go/webhooks"
)

// Signatures by the reference implementation, standardwebhooks for JavaScript, with the id evt_1.
const (
	secret       = "whsec_AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"
	oldSecret    = "whsec_AgICAgICAgICAgICAgICAgICAgICAgIC"
	body         = `{"type":"key.revoked","timestamp":"2026-11-23T12:00:00.000Z","data":{"text":"é"}}`
	signature    = "v1,PPRsWA6yRReTLWt+ZAVzClPTsA0u28LKV8I4VgtHGKE="
	oldSignature = "v1,DgP8PiPVRyvfHuQdY77+b4L6Q94Tzfh3YZU6CZBAWg0="
	sentAt       = 1_795_435_200
)

func verifierAt(t *testing.T, seconds int64, secrets ...string) *webhooks.Verifier {
	t.Helper()
	verifier, err := webhooks.New(secrets...)
	if err != nil {
		t.Fatal(err)
	}
	verifier.Now = func() time.Time { return time.Unix(sentAt+seconds, 0) }
	return verifier
}

func headerOf(id, timestamp, signatures string) http.Header {
	header := http.Header{}
	header.Set("Webhook-Id", id)
	header.Set("Webhook-Timestamp", timestamp)
	header.Set("Webhook-Signature", signatures)
	return header
}

func TestEventOfTheReferenceImplementationIsAccepted(t *testing.T) {
	for _, age := range []int64{-300, 0, 300} {
		event, err := verifierAt(t, age, secret).Verify([]byte(body), headerOf("evt_1", "1795435200", signature))
		if err != nil {
			t.Fatal(err)
		}
		if event.ID != "evt_1" || event.Type != "key.revoked" || event.Data.Text != "é" || event.Timestamp.Unix() != sentAt {
			t.Errorf("the event is %+v", event)
		}
	}
}

func TestDuringARotationEitherSecretAndEitherSignatureIsEnough(t *testing.T) {
	header := headerOf("evt_1", "1795435200", oldSignature+" v2,x "+signature)
	if _, err := verifierAt(t, 0, secret).Verify([]byte(body), header); err != nil {
		t.Error(err)
	}
	header = headerOf("evt_1", "1795435200", oldSignature)
	if _, err := verifierAt(t, 0, secret, oldSecret).Verify([]byte(body), header); err != nil {
		t.Error(err)
	}
}

func TestEveryOtherRequestIsRejected(t *testing.T) {
	good := headerOf("evt_1", "1795435200", signature)
	for name, test := range map[string]struct {
		age    int64
		secret string
		body   string
		header http.Header
	}{
		"a changed body":                {0, secret, strings.Replace(body, "revoked", "created", 1), good},
		"another secret":                {0, oldSecret, body, good},
		"an old timestamp":              {301, secret, body, good},
		"a timestamp in the future":     {-301, secret, body, good},
		"no headers":                    {0, secret, body, http.Header{}},
		"a timestamp that is no number": {0, secret, body, headerOf("evt_1", "1e9", signature)},
		"a huge timestamp":              {0, secret, body, headerOf("evt_1", "99999999999999999999", signature)},
		"a changed id":                  {0, secret, body, headerOf("evt_2", "1795435200", signature)},
		"a signature that is no base64": {0, secret, body, headerOf("evt_1", "1795435200", "v1,*")},
		"an empty signature":            {0, secret, body, headerOf("evt_1", "1795435200", "v1,")},
		"another version":               {0, secret, body, headerOf("evt_1", "1795435200", "v2"+signature[2:])},
	} {
		event, err := verifierAt(t, test.age, test.secret).Verify([]byte(test.body), test.header)
		if !errors.Is(err, webhooks.ErrInvalid) || event != nil {
			t.Errorf("%s: %v, %v", name, event, err)
		}
	}
}

func TestSecretsThatCannotWorkAreRejected(t *testing.T) {
	for _, secrets := range [][]string{nil, {""}, {"whsec_"}, {"whsec_*"}, {secret, ""}} {
		if _, err := webhooks.New(secrets...); err == nil {
			t.Errorf("%q is accepted", secrets)
		}
	}
}

func TestThousandsOfSignaturesOfALargeBodyAreRejectedAsFastAsOne(t *testing.T) {
	large := []byte(strings.Repeat("x", 1<<20))
	header := headerOf("evt_1", "1795435200", strings.Repeat("v1,AAAA ", 5_000))
	verifier := verifierAt(t, 0, secret, oldSecret)
	startedAt := time.Now()
	if _, err := verifier.Verify(large, header); !errors.Is(err, webhooks.ErrInvalid) {
		t.Errorf("the error is %v", err)
	}
	if took := time.Since(startedAt); took > time.Second {
		t.Errorf("it took %v", took)
	}
}
