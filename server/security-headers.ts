import { transportHeaders } from "#core/transport-headers.ts";

/** The origins that a page may send requests to; set by the portal's server, and by nothing else. */
export const TRY_ORIGINS_HEADER = "x-latchkey-try-origins";

/**
 * The Content-Security-Policy: only own content, and only scripts with this response's nonce and what they load.
 * `origins` are those that the page may send requests to besides.
 */
export function contentSecurityPolicy(
  nonce: string,
  developing: boolean,
  origins: readonly string[] = [],
): string {
  return [
    "default-src 'none'",
    // React's development build compiles code for its error overlay.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${developing ? " 'unsafe-eval'" : ""}`,
    // The development server's overlay adds style elements without a nonce.
    `style-src 'self' ${developing ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    // Computed positions and sizes are style attributes in the server's HTML.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...origins].join(" "),
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The headers of every response. */
export function securityHeaders(portalUrl: string): Record<string, string> {
  return {
    ...transportHeaders(portalUrl),
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  };
}

/** URLs with a one-time token, which must not leak through the Referer header. */
export function carriesToken(path: string): boolean {
  return /^\/(setup|invite|sign-up|reset-password|confirm-email)(\/|$)/.test(path);
}
