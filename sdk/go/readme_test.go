package latchkey_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"
	"time"

	"github.com/latchkey/latchkey/sdk/go/internal/deployment"
)

// A new user has nothing but the README.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	setUp := blockOf(t, readme, "(?s)```sh\n(mkdir badges.*?)```")
	program := blockOf(t, readme, "(?s)```go\n(// main\\.go\n.*?)```")
	source, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	// As the module proxy of a company, which does not have the module.
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "This module is not available.", http.StatusForbidden)
	}))
	defer proxy.Close()
	shell := exec.Command("sh", "-e", "-c", setUp)
	shell.Dir = folder
	shell.Env = append(os.Environ(), "LATCHKEY_SOURCE="+source, "GOPROXY="+proxy.URL, "GOFLAGS=-mod=mod")
	if output, err := shell.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	badges := filepath.Join(folder, "badges")
	if err := os.WriteFile(filepath.Join(badges, "main.go"), []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	expectService(t, badges)
}

func TestExamples(t *testing.T) {
	mains, err := filepath.Glob("examples/*/main.go")
	if err != nil || len(mains) == 0 {
		t.Fatal("no examples", err)
	}
	for _, main := range mains {
		t.Run(main, func(t *testing.T) { expectService(t, filepath.Dir(main)) })
	}
}

func blockOf(t *testing.T, readme []byte, pattern string) string {
	t.Helper()
	match := regexp.MustCompile(pattern).FindSubmatch(readme)
	if match == nil {
		t.Fatalf("the README has no block %s", pattern)
	}
	return string(match[1])
}

// expectService builds and starts the program of a folder: it answers 401 without a key and 200 with one.
func expectService(t *testing.T, folder string) {
	t.Helper()
	running := deployment.Get(t)
	binary := filepath.Join(t.TempDir(), "service")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Dir = folder
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	address := freeAddress(t)
	_, port, _ := net.SplitHostPort(address)
	service := exec.Command(binary)
	service.Env = append(os.Environ(), "LATCHKEY_VERIFIER_URL="+running.VerifierURL,
		"LATCHKEY_TOKEN="+running.ServiceToken, "ADDRESS="+address, "PORT="+port)
	service.Stderr = os.Stderr
	if err := service.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = service.Process.Signal(syscall.SIGTERM)
		_ = service.Wait()
	}()
	waitUntilListening(t, address)
	if status := statusOf(t, "http://"+address+"/badges", ""); status != http.StatusUnauthorized {
		t.Errorf("status without a key is %d", status)
	}
	if status := statusOf(t, "http://"+address+"/badges", running.Secrets.Valid); status != http.StatusOK {
		t.Errorf("status with a key is %d", status)
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func waitUntilListening(t *testing.T, address string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for ctx.Err() == nil {
		if connection, err := net.Dial("tcp", address); err == nil {
			connection.Close()
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("nobody listens on %s", address)
}

func statusOf(t *testing.T, url, key string) int {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if key != "" {
		request.Header.Set("X-Api-Key", key)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body)
	return response.StatusCode
}
