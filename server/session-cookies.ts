import type { CookiesOptions } from "next-auth";

/** next-auth's cookies: out of reach of scripts and of other sites; on https bound to this very host. */
export function sessionCookies(portalUrl: string): Partial<CookiesOptions> {
  const secure = portalUrl.startsWith("https:");
  const prefix = secure ? "__Host-" : "";
  const cookie = (name: string, maxAge?: number) => ({
    name: `${prefix}latchkey.${name}`,
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure, ...(maxAge ? { maxAge } : {}) },
  });
  const shortly = 15 * 60;
  return {
    sessionToken: cookie("session"),
    callbackUrl: cookie("callback"),
    csrfToken: cookie("csrf"),
    pkceCodeVerifier: cookie("pkce", shortly),
    state: cookie("state", shortly),
    nonce: cookie("nonce", shortly),
  };
}
