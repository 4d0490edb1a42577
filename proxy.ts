import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { carriesToken, contentSecurityPolicy } from "#server/security-headers.ts";

/** Before every page and route: its Content-Security-Policy, and what the page needs to know of its address. */
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
  if (carriesToken(request.nextUrl.pathname)) response.headers.set("Referrer-Policy", "no-referrer");
  return response;
}

// The portal's own server sets the headers of every response. Built files and calls of the API need no more.
export const config = { matcher: "/((?!_next/static|_next/image|api/v1/|api/documents).*)" };
