import { expect, test } from "vitest";
import { config } from "../proxy.ts";
import { carriesToken, contentSecurityPolicy, securityHeaders } from "./security-headers.ts";
import { sessionCookies } from "./session-cookies.ts";

test("scripts run only with the response's nonce, and nobody may frame a page", () => {
  const policy = contentSecurityPolicy("abc", false);
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("base-uri 'none'");
  expect(policy).toContain("default-src 'none'");
  expect(policy.replace("style-src-attr 'unsafe-inline'", "")).not.toMatch(/unsafe-/);
});

test("the development server's overlay may add styles, which a nonce would forbid", () => {
  expect(contentSecurityPolicy("abc", true)).toContain("; style-src 'self' 'unsafe-inline'; ");
  expect(contentSecurityPolicy("abc", false)).toContain("; style-src 'self' 'nonce-abc'; ");
});

test("a page may send requests to itself only, and to the origins that it is given", () => {
  expect(contentSecurityPolicy("abc", false)).toContain("; connect-src 'self'; ");
  expect(contentSecurityPolicy("abc", false, ["https://api.example.com"])).toContain(
    "; connect-src 'self' https://api.example.com; ",
  );
});

test("every page has a policy, also the one for a URL below those of programs that does not exist", () => {
  const hasPolicy = (path: string) => new RegExp(`^${config.matcher}$`).test(path);
  const pages = ["/", "/projects", "/oauth", "/scim/v1", "/.well-known", "/api", "/api/auth/signin"];
  const missing = ["/oauth/none", "/oauth/token/x", "/scim/none", "/.well-known/none", "/brand/a/b"];
  for (const path of [...pages, ...missing, "/api/none", "/api/documents/x"])
    expect(hasPolicy(path)).toBe(true);
  const programs = ["/oauth/token", "/scim/v2/Users", "/.well-known/jwks.json", "/brand/logo", "/api/v1/me"];
  for (const path of [...programs, "/api/documents"]) expect(hasPolicy(path)).toBe(false);
});

test("only https promises to stay https", () => {
  expect(securityHeaders("https://keys.example.com")).toHaveProperty("Strict-Transport-Security");
  expect(securityHeaders("http://localhost:3000")).not.toHaveProperty("Strict-Transport-Security");
});

test("pages whose URL contains a one-time token reveal it to nobody", () => {
  expect(["/setup", "/invite", "/sign-up", "/reset-password", "/confirm-email"].every(carriesToken)).toBe(
    true,
  );
  expect(["/", "/sign-in", "/inviteesomething"].some(carriesToken)).toBe(false);
});

test("cookies are out of reach of scripts and other sites, and on https bound to this host", () => {
  for (const [url, secure] of [
    ["https://keys.example.com", true],
    ["http://localhost:3000", false],
  ] as const) {
    for (const cookie of Object.values(sessionCookies(url))) {
      expect(cookie?.options).toMatchObject({ httpOnly: true, sameSite: "lax", path: "/", secure });
      expect(cookie?.options).not.toHaveProperty("domain");
      expect(cookie?.name.startsWith("__Host-")).toBe(secure);
    }
  }
});
