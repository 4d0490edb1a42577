import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { carriesToken, contentSecurityPolicy } from "#server/security-headers.ts";

/** Runs before every page and route: sets the Content-Security-Policy, and passes the path to the page. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  // Next adds the nonce of this header to its scripts.
  headers.set("Content-Security-Policy", policy);
  headers.set("x-nonce", nonce);
  headers.set("x-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  if (carriesToken(request.nextUrl.pathname)) response.headers.set("Referrer-Policy", "no-referrer");
  return response;
}

// The portal's server sets the other headers of every response. Static files and API calls need no more.
export const config = { matcher: "/((?!_next/static|_next/image|api/v1/|api/documents).*)" };
