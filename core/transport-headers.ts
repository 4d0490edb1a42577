/**
 * The headers of every response of portal and verifier. HSTS (RFC 6797) is sent only if the public URL is https,
 * because browsers ignore it on http.
 */
export function transportHeaders(publicUrl: string): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    ...(publicUrl.startsWith("https:") ? { "Strict-Transport-Security": "max-age=63072000" } : {}),
  };
}
