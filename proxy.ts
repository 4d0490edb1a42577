import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { carriesToken, contentSecurityPolicy, securityHeaders } from "#server/security-headers.ts";

/** Before every page and route: the headers that protect it, and what the page needs to know of its address. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  // Next puts the nonce of this header on its own scripts.
  headers.set("Content-Security-Policy", policy);
  headers.set("x-nonce", nonce);
  headers.set("x-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  for (const [name, value] of Object.entries(securityHeaders(process.env.NEXTAUTH_URL ?? ""))) {
    response.headers.set(name, value);
  }
  if (carriesToken(request.nextUrl.pathname)) response.headers.set("Referrer-Policy", "no-referrer");
  return response;
}

// Built files are the same for everybody, and bring their own caching. Calls of the API show no page: the
// portal's own server gives their headers, and a check is spared what this costs.
export const config = { matcher: "/((?!_next/static|_next/image|api/v1/).*)" };
