package latchkey_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	latchkey "github.com/latchkey/latchkey/sdk/go"
)

const (
	deadlineTimeout = 300 * time.Millisecond
	// deadlineTolerance is how much later a check may end on a busy machine. Each stage stalls for longer.
	deadlineTolerance = 600 * time.Millisecond
	dripInterval      = 20 * time.Millisecond
	okHeaders         = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
)

// stages are where an answer stalls: what the server sends first, and again and again.
var stages = map[string]struct{ first, next string }{
	"sends nothing":                         {},
	"sends headers without end":             {"HTTP/1.1 200 OK\r\nX-Slow: ", "a"},
	"sends headers only":                    {okHeaders + "Content-Length: 100\r\n\r\n", ""},
	"sends a body without end":              {okHeaders + "Content-Length: 100000\r\n\r\n", " "},
	"sends the size of a chunk without end": {okHeaders + "Transfer-Encoding: chunked\r\n\r\n1", ";a"},
}

// startStallingServer returns the URL of a server that reads requests and answers them like this.
func startStallingServer(t *testing.T, first, next string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	stopped := make(chan struct{})
	t.Cleanup(func() {
		close(stopped)
		listener.Close()
	})
	answer := func(connection net.Conn) {
		defer connection.Close()
		if _, err := connection.Read(make([]byte, 65_536)); err != nil {
			return
		}
		text := first
		for {
			if _, err := connection.Write([]byte(text)); err != nil {
				return
			}
			text = next
			select {
			case <-stopped:
				return
			case <-time.After(dripInterval):
			}
		}
	}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go answer(connection)
		}
	}()
	return "http://" + listener.Addr().String()
}

func expectInTime(t *testing.T, client *latchkey.Client) {
	t.Helper()
	startedAt := time.Now()
	_, err := client.Verify(context.Background(), latchkey.Check{Key: "k"})
	took := time.Since(startedAt)
	var unavailable *latchkey.UnavailableError
	if !errors.As(err, &unavailable) || took > deadlineTimeout+deadlineTolerance {
		t.Errorf("after %s: %v", took, err)
	}
}

func TestACheckEndsInTimeWhereverAnAnswerStalls(t *testing.T) {
	for name, stage := range stages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first := startStallingServer(t, stage.first, stage.next)
			expectInTime(t, newClient(t, latchkey.Options{URLs: []string{first}, Timeout: deadlineTimeout}))
			second := startStallingServer(t, stage.first, stage.next)
			expectInTime(t, newClient(t, latchkey.Options{URLs: []string{first, second}, Timeout: deadlineTimeout}))
		})
	}
}

func TestACheckEndsInTimeWhileOthersUseAllConnections(t *testing.T) {
	url := startStallingServer(t, "", "")
	client := newClient(t, latchkey.Options{
		URLs: []string{url}, Timeout: deadlineTimeout, Transport: &http.Transport{MaxConnsPerHost: 1},
	})
	var group sync.WaitGroup
	for range 4 {
		group.Add(1)
		go func() {
			defer group.Done()
			expectInTime(t, client)
		}()
	}
	group.Wait()
}

func TestACheckEndsInTimeIfANameIsNeverResolved(t *testing.T) {
	resolver := &net.Resolver{
		PreferGo: true,
		Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		},
	}
	dialer := net.Dialer{Resolver: resolver}
	expectInTime(t, newClient(t, latchkey.Options{
		URLs: []string{"http://verifier.example:3001"}, Timeout: deadlineTimeout,
		Transport: &http.Transport{DialContext: dialer.DialContext},
	}))
}

func TestACheckEndsInTimeIfNoConnectionIsAccepted(t *testing.T) {
	silent := func(ctx context.Context, _, _ string) (net.Conn, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	expectInTime(t, newClient(t, latchkey.Options{
		URLs: []string{"http://127.0.0.1:9"}, Timeout: deadlineTimeout, Transport: &http.Transport{DialContext: silent},
	}))
}
