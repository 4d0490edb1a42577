import { afterAll, beforeAll, expect, test } from "vitest";
import { recordChange } from "#db/changes.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { createGatewayFixture, type GatewayFixture } from "#test/gateway-fixture.ts";
import { makeKey } from "#test/people.ts";
import { countedChecks } from "#test/usage.ts";

let fixture: GatewayFixture;

beforeAll(async () => {
  fixture = await createGatewayFixture();
});
afterAll(() => fixture.stop());

const ask = (path: string, headers: Record<string, string>, method = "GET") =>
  fetch(`http://127.0.0.1:${fixture.verifierPort}/api/v1/gate/${path}`, {
    method,
    headers: { "X-Latchkey-Token": fixture.token, ...headers },
  });

test("accepts the headers of Traefik and Envoy, and keys in URLs only if the API allows them", async () => {
  const { key, secret } = await makeKey(fixture.ctx, fixture.projectId);
  const forwarded = { "X-Forwarded-Method": "GET", "X-Forwarded-Uri": `/badges?key=${secret}` };
  expect((await ask("traefik/badges", { ...forwarded, "X-Api-Key": secret })).status).toBe(200);
  expect((await ask("envoy/badges/v1/badges", { "X-Api-Key": secret }, "DELETE")).status).toBe(200);
  const inUrl = await ask("traefik/badges", forwarded);
  expect([inUrl.status, inUrl.headers.get("x-latchkey-code")]).toEqual([401, "KEY_MISSING"]);
  await fixture.db.write((tx) => tx.q.update(tx.t.apis).set({ allowKeyInUrl: true }));
  await fixture.db.write((tx) => recordChange(tx, { kind: "api", subject: "any" }, Date.now()));
  const keyId = async () => (await ask("traefik/badges", forwarded)).headers.get("x-latchkey-key-id");
  await expect.poll(keyId, { timeout: 5_000 }).toBe(key.id);
});

test.each([
  ["nginx/badges", { "X-Latchkey-Token": "" }, "SERVICE_TOKEN_INVALID"],
  ["nginx/badges", { "X-Latchkey-Token": "lk_svc_nobodys" }, "SERVICE_TOKEN_INVALID"],
  ["nginx/streams", {}, "SERVICE_TOKEN_INVALID"],
  ["apache/badges", {}, "GATE_MISCONFIGURED"],
  ["caddy/badges", {}, "GATE_MISCONFIGURED"],
  ["nginx", {}, "GATE_MISCONFIGURED"],
])("%s with %j is 403 %s: nobody's fault but the configuration's", async (path, headers, code) => {
  const original = { "X-Original-Method": "GET", "X-Original-Uri": "/" };
  const answer = await ask(path, { ...original, ...headers });
  expect([answer.status, answer.headers.get("x-latchkey-code")]).toEqual([403, code]);
  expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(await answer.json()).toMatchObject({
    status: 403,
    detail: expect.stringMatching(/^The gateway/),
    requestId: answer.headers.get("x-request-id"),
  });
  const bare = await ask(path, { ...original, ...headers }, "HEAD");
  expect([bare.status, await bare.text()]).toEqual([403, ""]);
});

test("every response has the limits that are set, and a denied request consumes nothing", async () => {
  const { key, secret } = await makeKey(fixture.ctx, fixture.projectId, {
    restrictions: { ips: ["198.51.100.7"] },
    limits: { rate: { limit: 2, windowSeconds: 600 } },
  });
  const from = async (address: string) => {
    const original = { "X-Forwarded-Method": "GET", "X-Forwarded-Uri": "/", "X-Forwarded-For": address };
    const { headers } = await ask("caddy/badges", { ...original, "X-Api-Key": secret });
    return ["x-latchkey-code", "ratelimit-policy", "ratelimit"].map((name) => headers.get(name));
  };
  const policy = '"default";q=2;w=600';
  expect(await from("203.0.113.9")).toEqual(["IP_NOT_ALLOWED", policy, '"default";r=2;t=0']);
  expect(await from("198.51.100.7")).toEqual(["VALID", policy, '"default";r=1;t=600']);
  expect(await from("203.0.113.9")).toEqual([
    "IP_NOT_ALLOWED",
    policy,
    expect.stringMatching(/^"default";r=1;/),
  ]);
  await revokeKey({ ctx: fixture.ctx, input: { projectId: fixture.projectId, keyId: key.id } });
  const last = async () => (await from("203.0.113.9")).map((text) => text?.slice(0, 13));
  await expect.poll(last, { timeout: 5_000 }).toEqual(["KEY_REVOKED", '"default";q=2', '"default";r=1']);
});

const COUNTED = /^latchkey_checks_total.*$/gm;
const counts = async () => (await fixture.metrics()).match(COUNTED);

test.each([
  ["nginx/badges", { "X-Original-Method": "OPTIONS", "X-Original-Uri": "/badges" }, "GET"],
  ["haproxy/badges", { "X-Original-Method": "OPTIONS", "X-Original-Uri": "/badges" }, "GET"],
  ["caddy/badges", { "X-Forwarded-Method": "OPTIONS", "X-Forwarded-Uri": "/badges" }, "GET"],
  ["traefik/badges", { "X-Forwarded-Method": "OPTIONS", "X-Forwarded-Uri": "/badges" }, "GET"],
  ["envoy/badges/badges", {}, "OPTIONS"],
])("a CORS preflight passes at %s, unauthenticated and counted nowhere", async (path, original, method) => {
  await ask(path, original, method === "OPTIONS" ? "GET" : method);
  const before = await counts();
  expect(before).not.toBeNull();
  const preflight = { Origin: "https://example.com", "Access-Control-Request-Method": "POST" };
  const answer = await ask(path, { ...original, ...preflight }, method);
  expect([answer.status, await answer.text()]).toEqual([200, ""]);
  const sent = [...answer.headers.keys()].filter((name) => name.startsWith("x-latchkey"));
  expect(sent).toEqual(["x-latchkey-code"]);
  expect(answer.headers.get("x-latchkey-code")).toBe("PREFLIGHT");
  expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
  expect(await counts()).toEqual(before);
});

test("a request that only resembles a preflight, or has a key, is evaluated; a wrong service token allows nothing", async () => {
  const { secret } = await makeKey(fixture.ctx, fixture.projectId);
  const preflight = { Origin: "https://example.com", "Access-Control-Request-Method": "POST" };
  const original = { "X-Original-Method": "OPTIONS", "X-Original-Uri": "/badges" };
  const code = async (headers: Record<string, string>) =>
    (await ask("nginx/badges", headers)).headers.get("x-latchkey-code");
  expect(await code({ ...original, ...preflight, "X-Original-Method": "POST" })).toBe("KEY_MISSING");
  expect(await code({ ...original, Origin: "https://example.com" })).toBe("KEY_MISSING");
  expect(await code({ ...original, "Access-Control-Request-Method": "POST" })).toBe("KEY_MISSING");
  expect(await code({ ...original, ...preflight, "X-Api-Key": "junk" })).toBe("KEY_MALFORMED");
  expect(await code({ ...original, ...preflight, "X-Api-Key": secret })).toBe("VALID");
  expect(await code({ ...original, ...preflight, "X-Latchkey-Token": "x" })).toBe("SERVICE_TOKEN_INVALID");
  // A client may forge the headers of another gateway; only nginx's own headers describe the call.
  const forged = { "X-Forwarded-Method": "OPTIONS", "X-Forwarded-Uri": "/" };
  expect(await code({ ...original, ...preflight, ...forged, "X-Original-Method": "POST" })).toBe(
    "KEY_MISSING",
  );
});

test("headers of 40 kB get a verdict", async () => {
  const { secret } = await makeKey(fixture.ctx, fixture.projectId);
  const long = "a".repeat(13_000);
  const answer = await ask("nginx/badges", {
    "X-Original-Method": "GET",
    "X-Original-Uri": `/badges?q=${long}`,
    "X-Api-Key": secret,
    Referer: `https://example.com/${long}`,
    Origin: `https://${long}`,
  });
  expect(answer.headers.get("x-latchkey-code")).toBe("VALID");
});

test("a request without a key is counted like any other", async () => {
  const original = { "X-Original-Method": "GET", "X-Original-Uri": "/" };
  expect((await ask("nginx/badges", original)).status).toBe(401);
  const counted = () => countedChecks(fixture.db, { code: ["KEY_MISSING"] });
  await expect.poll(counted, { timeout: 10_000 }).toBeGreaterThan(0);
});

test("long values get the same verdict as in a check", async () => {
  const { ctx, projectId, token, verifierPort } = fixture;
  const apis = [{ api: "badges", operations: ["badges.list"] }];
  const { secret } = await makeKey(ctx, projectId, { restrictions: { apis } });
  const path = `/${"a".repeat(4_000)}`;
  const page = `https://example.com${path}`;
  const original = { "X-Original-Method": "GET", "X-Original-Uri": path, "X-Api-Key": secret };
  const byGate = await (await ask("nginx/badges", { ...original, Referer: page })).json();
  const checked = await fetch(`http://127.0.0.1:${verifierPort}/api/v1/keys/verify`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ key: secret, method: "GET", path, referrer: page }),
  });
  const { requestId: _, ...byCheck } = await checked.json();
  expect(byGate).toMatchObject({ ...byCheck, code: "OPERATION_NOT_ALLOWED" });
});
