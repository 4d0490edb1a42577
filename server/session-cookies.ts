import type { CookiesOptions } from "next-auth";
import { decode } from "next-auth/jwt";

/** next-auth's cookies: not readable by scripts, not sent from other sites, and on https bound to this host. */
export function sessionCookies(portalUrl: string): Partial<CookiesOptions> {
  const cookie = (name: string, maxAge?: number) => cookieOf(portalUrl, name, maxAge);
  const shortly = 15 * 60;
  return {
    sessionToken: sessionCookie(portalUrl),
    callbackUrl: cookie("callback"),
    csrfToken: cookie("csrf"),
    pkceCodeVerifier: cookie("pkce", shortly),
    state: cookie("state", shortly),
    nonce: cookie("nonce", shortly),
  };
}

/** The session cookie. */
export function sessionCookie(portalUrl: string) {
  return cookieOf(portalUrl, "session");
}

/**
 * The session token in the session cookie's value; null if there is none, or if it was not created with this secret.
 * The token never leaves the server.
 */
export async function sessionTokenIn(cookie: string | undefined, secret: string): Promise<string | null> {
  if (!cookie || !secret) return null;
  // Throws if the value is malformed, expired, or encrypted with another secret.
  const claims = await decode({ token: cookie, secret }).catch(() => null);
  return typeof claims?.sid === "string" ? claims.sid : null;
}

function cookieOf(portalUrl: string, name: string, maxAge?: number) {
  const secure = portalUrl.startsWith("https:");
  return {
    name: `${secure ? "__Host-" : ""}latchkey.${name}`,
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure, ...(maxAge ? { maxAge } : {}) },
  };
}
