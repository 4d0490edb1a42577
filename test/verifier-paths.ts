/** What clients of access tokens, and services, ask a verifier for besides checks. */
export const VERIFIER_PATHS = [
  "/api/openapi.json",
  "/api/v1/revocations?wait=30",
  "/oauth/token",
  "/oauth/introspect",
  "/.well-known/jwks.json",
  "/.well-known/oauth-authorization-server",
];
