// Package latchkey verifies Latchkey API keys in a Go service: a client of the verifier, and a guard for net/http
// and everything that is built on it. It needs nothing but the standard library.
package latchkey
