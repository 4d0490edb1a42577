import type { CookiesOptions } from "next-auth";
import { decode } from "next-auth/jwt";

/** next-auth's cookies: out of reach of scripts and of other sites; on https bound to this very host. */
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

/** The one that says who is signed in. */
export function sessionCookie(portalUrl: string) {
  return cookieOf(portalUrl, "session");
}

/**
 * The session token in the value of the session cookie; null where there is none, or it was not made with this
 * secret. It never leaves the server.
 */
export async function sessionTokenIn(cookie: string | undefined, secret: string): Promise<string | null> {
  if (!cookie || !secret) return null;
  // Throws for a value that is malformed, expired, or encrypted with another secret.
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
