/**
 * The headers that every response of portal and verifier has. HSTS (RFC 6797) only where the public address is
 * https: on http a browser ignores it.
 */
export function transportHeaders(publicUrl: string): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    ...(publicUrl.startsWith("https:") ? { "Strict-Transport-Security": "max-age=63072000" } : {}),
  };
}
