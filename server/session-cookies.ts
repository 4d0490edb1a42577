import type { CookiesOptions } from "next-auth";

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

function cookieOf(portalUrl: string, name: string, maxAge?: number) {
  const secure = portalUrl.startsWith("https:");
  return {
    name: `${secure ? "__Host-" : ""}latchkey.${name}`,
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure, ...(maxAge ? { maxAge } : {}) },
  };
}
