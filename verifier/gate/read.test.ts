import { describe, expect, test } from "vitest";
import { limitHeaders } from "#core/limits/headers.ts";
import { processorTime } from "#test/processor-time.ts";
import { GATEWAYS } from "./gateways.ts";
import { gateOf, keyIn, splitUri } from "./read.ts";
import { gateStatusOf, noVerdict } from "./reply.ts";

describe("the key", () => {
  const key = `lk_live_${"a".repeat(36)}`;
  const find = (headers: Record<string, string>, query = "", allowInUrl = true) =>
    keyIn(headers, query, { keyPrefixes: ["lk"], tokenShapes: [], allowInUrl });

  test("is read from X-Api-Key, then from a bearer token in the format of a key, then from the URL if that is allowed", () => {
    expect(find({ "x-api-key": "one", authorization: `Bearer ${key}` }, "key=two")).toBe("one");
    expect(find({ authorization: `Bearer ${key}` }, "key=two")).toBe(key);
    expect(find({ authorization: "Bearer eyJhbGciOi" }, "key=two")).toBe("two");
    // No character of a key needs an escape: an escaped key, which a gateway could not remove, is not a key.
    expect(find({}, "a=b&key=tw%6F")).toBe("tw%6F");
    expect(find({}, `a=b&key=+%20${key}%0A`)).toBe(key);
    expect(find({}, `%6bey=${key}`)).toBeNull();
    expect(find({}, `key=${key}&key=${key}`)).toBe(`${key}, ${key}`);
    expect(find({}, "key=two", false)).toBeNull();
    expect(find({ "x-api-key": "" }, "key=")).toBeNull();
  });

  test("with a long run of encoded spaces blocks nobody", () => {
    for (const space of ["+", "%20", "%0a"]) {
      const spaces = space.repeat(15_000);
      const findIt = () => expect(find({}, `key=${spaces}a${spaces}b${spaces}`)).toBe(`a${spaces}b`);
      expect(processorTime(findIt, 100)).toBeLessThan(100);
    }
  });
});

test("only headers that the proxy overwrites are used", () => {
  const forged = { "x-forwarded-method": "GET", "x-forwarded-uri": "/free", "x-original-uri": "/free2" };
  expect(GATEWAYS.get("nginx")?.originalOf(forged, "GET", "/")).toBeNull();
  const both = { ...forged, "x-original-method": "POST", "x-original-uri": "/paid" };
  expect(GATEWAYS.get("nginx")?.originalOf(both, "GET", "/")).toEqual({ method: "POST", uri: "/paid" });
  expect(GATEWAYS.get("caddy")?.originalOf(both, "GET", "/")).toEqual({ method: "GET", uri: "/free" });
  expect(GATEWAYS.get("envoy")?.originalOf(both, "PUT", "/x")).toEqual({ method: "PUT", uri: "/x" });
});

test.each([
  ["/api/v1/gate/nginx/badges", { proxy: "nginx", api: "badges", rest: "/" }],
  ["/api/v1/gate/envoy/badges/v1/x?y=1", { proxy: "envoy", api: "badges", rest: "/v1/x?y=1" }],
  ["/api/v1/gate/envoy/badges?y=1", { proxy: "envoy", api: "badges", rest: "/?y=1" }],
  ["/api/v1/gate/nginx", null],
  ["/api/v1/gate//badges", null],
])("%s", (url, gate) => {
  expect(gateOf(url)).toEqual(gate);
});

test.each([
  ["/a/b?c=d?e", { path: "/a/b", query: "c=d?e" }],
  ["http://example.com/a?b", { path: "/a", query: "b" }],
  ["http://example.com?b", { path: "/", query: "b" }],
  ["*", { path: "/*", query: "" }],
  ["http://h:x/public", { path: "/http://h:x/public", query: "" }],
  ["http://user@h/public", { path: "/http://user@h/public", query: "" }],
])("the target %s", (uri, parts) => {
  expect(splitUri(uri)).toEqual(parts);
});

test("every code has its documented status; nginx can't forward 429", () => {
  const nginx = { overLimit: 403 } as const;
  const other = { overLimit: 429 } as const;
  expect(gateStatusOf("VALID", nginx)).toBe(200);
  expect(gateStatusOf("KEY_MISSING", other)).toBe(401);
  expect(gateStatusOf("KEY_ROTATED", other)).toBe(401);
  expect(gateStatusOf("PROJECT_SUSPENDED", other)).toBe(403);
  expect(gateStatusOf("CLIENT_IP_UNKNOWN", other)).toBe(403);
  expect(gateStatusOf("RATE_LIMITED", nginx)).toBe(403);
  expect(gateStatusOf("QUOTA_EXCEEDED", other)).toBe(429);
});

test("limits are sent in the IETF draft's headers, in whole seconds", () => {
  const rateLimit = { limit: 100, windowSeconds: 60, remaining: 99, resetMs: 600 };
  expect(limitHeaders({ rateLimit, quota: null }, 0)).toEqual({
    "RateLimit-Policy": '"default";q=100;w=60',
    RateLimit: '"default";r=99;t=1',
  });
  const quota = { limit: 5, period: "day", remaining: 0, resetAt: "" } as const;
  expect(limitHeaders({ rateLimit, quota }, 86_399_500)).toMatchObject({
    RateLimit: '"default";r=99;t=1, "quota";r=0;t=1',
  });
});

test.each([
  ["UNAVAILABLE", 503, { "Retry-After": "1" }],
  ["BROKEN", 500, {}],
  ["SERVICE_TOKEN_INVALID", 403, {}],
] as const)("what is no verdict says why, as RFC 9457 has it: %s", (code, status, more) => {
  const reply = noVerdict(code, "req_1");
  expect(reply.status).toBe(status);
  expect(reply.headers).toEqual({
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    "X-Latchkey-Code": code,
    "X-Request-Id": "req_1",
    ...more,
  });
  const problem = { type: "about:blank", title: expect.any(String), detail: expect.any(String) };
  expect(JSON.parse(reply.body)).toEqual({ ...problem, status, requestId: "req_1" });
});
