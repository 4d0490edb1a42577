import { transportHeaders } from "#core/transport-headers.ts";

/** What a page may load: itself. Scripts only with this answer's nonce, and what those load in turn. */
export function contentSecurityPolicy(nonce: string, developing: boolean): string {
  return [
    "default-src 'none'",
    // React's development build compiles code for its error overlays.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${developing ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Positions and sizes that are computed arrive as attributes of the server's HTML.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The headers of every answer, whatever it is. */
export function securityHeaders(portalUrl: string): Record<string, string> {
  return {
    ...transportHeaders(portalUrl),
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  };
}

/** Addresses that carry a one-time token: nothing of them may be told to the next page. */
export function carriesToken(path: string): boolean {
  return /^\/(setup|invite|sign-up)(\/|$)/.test(path);
}
