package latchkey

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// errTooLarge means that a response has more bytes than may be read.
var errTooLarge = errors.New("latchkey: the response is too large")

// checkConnection returns an error unless there is a URL of http or https, all are, and a header can carry the token.
func checkConnection(urls []string, token string) error {
	if len(urls) == 0 {
		return errors.New("latchkey: give the URL of at least one verifier")
	}
	for _, text := range urls {
		if text == "" {
			return errors.New("latchkey: the URL of a verifier is empty; an environment variable may be missing")
		}
		parsed, err := url.Parse(text)
		if err != nil || (parsed.Scheme != "http" && parsed.Scheme != "https") || parsed.Host == "" {
			return fmt.Errorf("latchkey: %q is not an http or https URL", text)
		}
	}
	if token == "" {
		return errors.New("latchkey: give the service token; an environment variable may be missing")
	}
	if strings.ContainsFunc(token, func(character rune) bool { return character <= ' ' || character > '~' }) {
		return errors.New("latchkey: the service token has a character that no token has, for example a space or \"…\"")
	}
	return nil
}

// originOf returns a checked URL without a path, and without a password, for messages.
func originOf(text string) string {
	parsed, err := url.Parse(text)
	if err != nil {
		return "the given URL"
	}
	return parsed.Scheme + "://" + parsed.Host
}

// withoutRedirects sends requests by a transport. A redirect would hand the key and the token to another server.
func withoutRedirects(transport http.RoundTripper) http.Client {
	return http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// readAll returns the body, or errTooLarge.
func readAll(response *http.Response, maxBytes int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBytes+1))
	if err == nil && int64(len(body)) > maxBytes {
		return nil, errTooLarge
	}
	return body, err
}
