package latchkey_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// scriptedVerifier answers as sdk/vectors/http.json says. The last answer repeats.
type scriptedVerifier struct {
	Down    bool
	Answers []scriptedAnswer
}

type scriptedAnswer struct {
	Status  int
	JSON    json.RawMessage
	Text    *string
	Headers map[string]string
	Hang    bool
	Close   bool
}

type receivedCheck struct {
	verifier       int
	body           []byte
	idempotencyKey string
	authorization  string
}

// fakeVerifiers are servers that answer as scripted, and what they received, in order.
type fakeVerifiers struct {
	urls     []string
	mu       sync.Mutex
	received []receivedCheck
	arrived  chan struct{}
}

func startFakeVerifiers(t *testing.T, scripts ...scriptedVerifier) *fakeVerifiers {
	t.Helper()
	fakes := &fakeVerifiers{arrived: make(chan struct{}, 100)}
	for index, script := range scripts {
		stopped := make(chan struct{})
		server := httptest.NewServer(fakes.handler(index, script.Answers, stopped))
		fakes.urls = append(fakes.urls, server.URL)
		if script.Down {
			server.Close()
			continue
		}
		t.Cleanup(func() {
			close(stopped)
			server.Close()
		})
	}
	return fakes
}

func (f *fakeVerifiers) handler(verifier int, answers []scriptedAnswer, stopped chan struct{}) http.HandlerFunc {
	next := 0
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		f.mu.Lock()
		f.received = append(f.received, receivedCheck{
			verifier:       verifier,
			body:           body,
			idempotencyKey: r.Header.Get("Idempotency-Key"),
			authorization:  r.Header.Get("Authorization"),
		})
		answer := answers[min(next, len(answers)-1)]
		next++
		f.mu.Unlock()
		f.arrived <- struct{}{}
		switch {
		case answer.Close:
			panic(http.ErrAbortHandler)
		case answer.Hang:
			select {
			case <-r.Context().Done():
			case <-stopped:
			}
		default:
			w.Header().Set("Content-Type", "application/json")
			for name, value := range answer.Headers {
				w.Header().Set(name, value)
			}
			w.WriteHeader(answer.Status)
			if answer.Text != nil {
				_, _ = io.WriteString(w, *answer.Text)
			} else {
				_, _ = w.Write(answer.JSON)
			}
		}
	}
}

func (f *fakeVerifiers) checks() []receivedCheck {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]receivedCheck(nil), f.received...)
}
