import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { carriesToken, contentSecurityPolicy, TRY_ORIGINS_HEADER } from "#server/security-headers.ts";
import { renewedCookie, sessionCookie, sessionSecrets } from "#server/session-cookies.ts";

/** Runs before every page and route: sets the Content-Security-Policy, and passes the path to the page. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = randomBytes(16).toString("base64");
  const origins = request.headers.get(TRY_ORIGINS_HEADER)?.split(" ") ?? [];
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development", origins);
  const headers = new Headers(request.headers);
  // Next adds the nonce of this header to its scripts.
  headers.set("Content-Security-Policy", policy);
  headers.set("x-nonce", nonce);
  headers.set("x-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  if (carriesToken(request.nextUrl.pathname)) response.headers.set("Referrer-Policy", "strict-origin");
  await renewSession(request, response);
  return response;
}

/**
 * Encrypts the session cookie with the current secret after a rotation. Only with pages: the response of a sign-in or
 * sign-out sets another cookie.
 */
async function renewSession(request: NextRequest, response: NextResponse): Promise<void> {
  const secrets = sessionSecrets();
  if (secrets.length < 2 || request.method !== "GET" || request.nextUrl.pathname.startsWith("/api/")) return;
  const { name, options } = sessionCookie(process.env.NEXTAUTH_URL ?? "");
  const renewed = await renewedCookie(request.cookies.get(name)?.value, secrets, Date.now());
  if (renewed !== null) response.cookies.set(name, renewed.value, { ...options, maxAge: renewed.maxAge });
}

// The portal's server sets the other headers of every response. Static files and API calls need no more, and files of
// the brand have a stricter policy. The pattern lists only paths that exist, because every other path gets a page.
export const config = {
  matcher:
    "/((?!_next/static|_next/image|brand/[^/]*$|api/v1/|api/documents$|scim/v2(?:/|$)|oauth/(?:token|introspect|revoke)$|\\.well-known/(?:jwks\\.json|oauth-authorization-server)$).*)",
};
