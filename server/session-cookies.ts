import type { CookiesOptions } from "next-auth";
import { decode, encode, type JWT } from "next-auth/jwt";
import { secretList } from "#platform/setting-lists.ts";

/** How long a sign-in may take at a provider. */
const PROVIDER_SECONDS = 15 * 60;

/** next-auth's cookies: not readable by scripts, not sent from other sites, and on https bound to this host. */
export function sessionCookies(portalUrl: string): Partial<CookiesOptions> {
  const cookie = (name: string, maxAge?: number) => cookieOf(portalUrl, name, maxAge);
  return {
    sessionToken: sessionCookie(portalUrl),
    callbackUrl: cookie("callback"),
    csrfToken: cookie("csrf"),
    pkceCodeVerifier: cookie("pkce", PROVIDER_SECONDS),
    state: providerCookie(portalUrl),
    nonce: cookie("nonce", PROVIDER_SECONDS),
  };
}

/** The session cookie. */
export function sessionCookie(portalUrl: string) {
  return cookieOf(portalUrl, "session");
}

/** The cookie that binds the challenges of passkey sign-ins to a browser, by a random token. */
export function passkeyCookie(portalUrl: string) {
  return cookieOf(portalUrl, "passkey", 15 * 60);
}

/** The cookie that next-auth sets when it sends the browser to a provider. */
export const providerCookie = (portalUrl: string) => cookieOf(portalUrl, "state", PROVIDER_SECONDS);

/**
 * When next-auth sent the browser to the provider, epoch ms, rounded down to a second. Undefined if the cookie is
 * missing or another secret encrypted it.
 */
export async function providerSignInStart(
  cookie: string | undefined,
  { name }: { name: string },
  secret: string,
): Promise<number | undefined> {
  const claims = cookie && (await decode({ token: cookie, secret, salt: name }).catch(() => null));
  return claims && typeof claims.iat === "number" ? claims.iat * 1_000 : undefined;
}

/** The secrets that session cookies may be encrypted with, the current one first. */
export function sessionSecrets(): string[] {
  const { AUTH_SECRET = "", LATCHKEY_ACCEPTED_AUTH_SECRETS = "" } = process.env;
  return AUTH_SECRET === "" ? [] : [AUTH_SECRET, ...secretList(LATCHKEY_ACCEPTED_AUTH_SECRETS)];
}

/**
 * The session token in the session cookie's value; null if there is none, or if it was not created with one of
 * `secrets`. The token never leaves the server.
 */
export async function sessionTokenIn(
  cookie: string | undefined,
  secrets: readonly string[],
): Promise<string | null> {
  const claims = (await openCookie(cookie, secrets))?.claims;
  return typeof claims?.sid === "string" ? claims.sid : null;
}

/** The claims in next-auth's session cookie, for any accepted secret. */
export async function claimsIn(cookie: string | undefined): Promise<JWT | null> {
  return (await openCookie(cookie, sessionSecrets()))?.claims ?? null;
}

/**
 * The session cookie encrypted with the current secret, if an accepted one encrypted it; otherwise null. It expires
 * when the old one would have.
 */
export async function renewedCookie(
  cookie: string | undefined,
  secrets: readonly string[],
  nowMs: number,
): Promise<{ value: string; maxAge: number } | null> {
  const [current] = secrets;
  const opened = await openCookie(cookie, secrets);
  if (current === undefined || opened === null || opened.secret === current) return null;
  const { exp, iat: _, jti: __, ...claims } = opened.claims;
  const maxAge = typeof exp === "number" ? Math.floor(exp - nowMs / 1000) : 0;
  if (maxAge <= 0) return null;
  return { value: await encode({ token: claims, secret: current, maxAge }), maxAge };
}

async function openCookie(cookie: string | undefined, secrets: readonly string[]) {
  if (!cookie) return null;
  for (const secret of secrets) {
    // Throws if the value is malformed, expired, or encrypted with another secret.
    const claims = await decode({ token: cookie, secret }).catch(() => null);
    if (claims !== null) return { claims, secret };
  }
  return null;
}

function cookieOf(portalUrl: string, name: string, maxAge?: number) {
  const secure = portalUrl.startsWith("https:");
  return {
    name: `${secure ? "__Host-" : ""}latchkey.${name}`,
    options: { httpOnly: true, sameSite: "lax" as const, path: "/", secure, ...(maxAge ? { maxAge } : {}) },
  };
}
