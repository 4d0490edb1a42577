module github.com/latchkey/latchkey/sdk/go/interop

go 1.23.0

require (
	github.com/golang-jwt/jwt/v5 v5.3.1
	golang.org/x/oauth2 v0.30.0
)
