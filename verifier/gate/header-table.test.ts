import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enableFor, makeApi, makeKey } from "#test/people.ts";
import { startTestVerifier, type TestVerifier } from "#test/test-verifier.ts";

/** The documented table (docs/integrate/gateways/README.md): the headers in which each proxy describes a request. */
const TABLE = {
  nginx: { method: "X-Original-Method", uri: "X-Original-Uri" },
  haproxy: { method: "X-Original-Method", uri: "X-Original-Uri" },
  caddy: { method: "X-Forwarded-Method", uri: "X-Forwarded-Uri" },
  traefik: { method: "X-Forwarded-Method", uri: "X-Forwarded-Uri" },
  envoy: null,
} as const;
type Proxy = keyof typeof TABLE;

let verifier: TestVerifier;
let secret: string;

beforeAll(async () => {
  verifier = await startTestVerifier();
  const { db, ctx, projectId } = verifier;
  await makeApi(db, "paths", { operations: [{ name: "badges.list", method: "GET", path: "/badges" }] });
  await enableFor(db, projectId, "paths");
  const restrictions = {
    ips: ["198.51.100.7"],
    referrers: ["example.com"],
    apis: [{ api: "paths", operations: ["badges.list"] }],
  };
  ({ secret } = await makeKey(ctx, projectId, { restrictions }));
});
afterAll(() => verifier.stop());

interface Call {
  method: string;
  uri: string;
  from: string;
  headers: Record<string, string>;
}

/** The gate's verdict on a proxy's request with additional headers of the client. */
async function codeOf(
  proxy: Proxy,
  { method, uri, from, headers }: Call,
  forged: Record<string, string> = {},
) {
  const row = TABLE[proxy];
  const written = row ? { [row.method]: method, [row.uri]: uri } : {};
  const path = row ? "" : uri;
  const answer = await fetch(`${verifier.url}/api/v1/gate/${proxy}/paths${path}`, {
    method: row ? "GET" : method,
    headers: {
      ...forged,
      ...headers,
      ...written,
      "X-Forwarded-For": from,
      "X-Latchkey-Token": verifier.token,
    },
  });
  await answer.arrayBuffer();
  return answer.headers.get("x-latchkey-code");
}

/** Headers that other proxies set, or that some software trusts. None of them is in the table for `proxy`. */
function forgedFor(proxy: Proxy): Record<string, string[]> {
  const uris = ["/badges", "/elsewhere", "*", "/badges?key=x"];
  const addresses = ["198.51.100.7", "203.0.113.9", "unknown"];
  const all: Record<string, string[]> = {
    "X-Original-Method": ["GET", "DELETE", "OPTIONS"],
    "X-Original-Uri": uris,
    "X-Forwarded-Method": ["GET", "DELETE", "OPTIONS"],
    "X-Forwarded-Uri": uris,
    "X-Original-Url": uris,
    "X-Rewrite-Url": uris,
    "X-Envoy-Original-Path": uris,
    "X-Forwarded-Path": uris,
    "X-Http-Method-Override": ["GET", "DELETE"],
    "X-Forwarded-Prefix": uris,
    "X-Request-Uri": uris,
    "X-Real-Ip": addresses,
    "True-Client-Ip": addresses,
    "Cf-Connecting-Ip": addresses,
    "X-Client-Ip": addresses,
    "X-Envoy-External-Address": addresses,
    "X-Original-Forwarded-For": addresses,
    Forwarded: addresses.map((address) => `for=${address}`),
    X_Forwarded_For: addresses,
    "Api-Key": [secret, "junk"],
    "X-Auth-Token": [secret],
    Cookie: [`key=${secret}`],
    X_Api_Key: [secret],
    "Proxy-Authorization": [`Bearer ${secret}`],
    "X-Goog-Api-Key": [secret],
    Key: [secret],
    "X-Latchkey-Code": ["VALID", "PREFLIGHT"],
    "X-Latchkey-Key-Id": ["key_forged"],
    "X-Latchkey-Environment": ["test"],
    "X-Latchkey-Api": ["badges"],
    "X-Latchkey-Cost": ["0"],
    Referrer: ["https://example.com/"],
    "X-Referer": ["https://example.com/"],
    "Access-Control-Request-Method": ["GET"],
    "Access-Control-Request-Headers": ["x-api-key"],
    "Idempotency-Key": ["once"],
    "X-Request-Id": ["req_forged"],
  };
  const row = TABLE[proxy];
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => row === null || (name !== row.method && name !== row.uri)),
  );
}

const page = { Referer: "https://example.com/" };
const good = (): Call => ({
  method: "GET",
  uri: "/badges",
  from: "198.51.100.7",
  headers: { "X-Api-Key": secret, ...page },
});

describe.each(Object.keys(TABLE) as Proxy[])("at %s", (proxy) => {
  test("only the client's headers in the table are used", async () => {
    const cases: [Call, string][] = [
      [good(), "VALID"],
      [{ ...good(), headers: page }, "KEY_MISSING"],
      [{ ...good(), method: "DELETE" }, "OPERATION_NOT_ALLOWED"],
      [{ ...good(), uri: "/elsewhere" }, "OPERATION_NOT_ALLOWED"],
      [{ ...good(), from: "203.0.113.9" }, "IP_NOT_ALLOWED"],
      [{ ...good(), from: "unknown" }, "CLIENT_IP_UNKNOWN"],
      [{ ...good(), headers: { "X-Api-Key": secret } }, "REFERRER_NOT_ALLOWED"],
    ];
    for (const [call, code] of cases) expect(await codeOf(proxy, call)).toBe(code);
    const some = Object.fromEntries(
      Object.entries(forgedFor(proxy)).map(([name, values]) => [
        name,
        fc.option(fc.constantFrom(...values), { nil: null, freq: 2 }),
      ]),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cases), fc.record(some), async ([call, code], values) => {
        const forged = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
        expect(await codeOf(proxy, call, forged as Record<string, string>)).toBe(code);
      }),
      { numRuns: 60 },
    );
  });
});
