import { beforeEach, describe, expect, test } from "vitest";
import { generateToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import { SecurityLog } from "#domain/access/security/log.ts";
import { sealerWith } from "#domain/secrets/sealer.ts";
import { CLIENT_IP_HEADER } from "#platform/http/client-ip-address.ts";
import { parseSettings } from "#platform/settings.ts";
import { makeManagementToken } from "#test/api.ts";
import { openTestDb } from "#test/db.ts";
import { makeProject, makeUser, TEST_SETTINGS } from "#test/people.ts";
import type { Services } from "../context.ts";
import type { HttpError } from "../problem.ts";
import { beginCall, CallRates, callRatesOf, countAction } from "./call-rates.ts";
import { API_ROUTES } from "./routes/index.ts";
import { serveApi } from "./serve.ts";

const CALLS = 4;
const ANONYMOUS = 2;
const HOME = "198.51.100.7";

let db: Db;
let services: Services;
let token: string;

beforeEach(async () => {
  db = await openTestDb();
  const user = await makeUser(db);
  await makeProject(db, user);
  token = await makeManagementToken(db, user.userId);
  const bounds = { ...TEST_SETTINGS.bounds, callsPerMinute: CALLS, anonymousCallsPerMinute: ANONYMOUS };
  services = {
    db,
    settings: { ...parseSettings({}), ...TEST_SETTINGS, bounds },
    sendMail: null,
    sealer: sealerWith("only-for-tests-only-for-tests-0123456789"),
    securityLog: new SecurityLog({ db, now: Date.now, line: () => {}, onError: () => {} }),
  };
});

function call(as: string | null, { path = "/projects", address = HOME } = {}): Promise<Response> {
  const headers = new Headers({ [CLIENT_IP_HEADER]: address });
  if (as !== null) headers.set("Authorization", `Bearer ${as}`);
  const request = new Request(`https://keys.example.com/api/v1${path}`, { headers });
  return serveApi(API_ROUTES, request, async () => services);
}

async function statuses(count: number, make: () => Promise<Response>): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < count; n++) all.push((await make()).status);
  return all;
}

test("above the rate of a credential, requests from any address get 429 with Retry-After", async () => {
  let n = 0;
  expect(await statuses(CALLS, () => call(token, { address: `203.0.113.${n++}` }))).toEqual([
    200, 200, 200, 200,
  ]);
  const denied = await call(token);
  expect(denied.status).toBe(429);
  expect(denied.headers.get("content-type")).toBe("application/problem+json");
  expect(Number(denied.headers.get("retry-after"))).toBeGreaterThan(50);
  expect(Number(denied.headers.get("retry-after"))).toBeLessThanOrEqual(60);
});

test("a caller above the rate gets 429 even if another bundle created the counts", async () => {
  const again = "./call-rates.ts?again";
  const pages: typeof import("./call-rates.ts") = await import(again);
  expect(pages.CallRates).not.toBe(CallRates);
  pages.callRatesOf(services);
  expect(await statuses(ANONYMOUS + 1, () => call(null))).toEqual([401, 401, 429]);
});

test("every response has the remaining requests in the headers of the IETF draft", async () => {
  const good = await call(token);
  expect(good.headers.get("ratelimit-policy")).toBe('"default";q=4;w=60');
  expect(good.headers.get("ratelimit")).toMatch(/^"default";r=3;t=(5\d|6[01])$/);
  expect((await call(token, { path: "/projects/prj_none" })).headers.get("ratelimit")).toMatch(
    /^"default";r=2;/,
  );
  const anonymous = await call(null);
  expect(anonymous.status).toBe(401);
  expect(anonymous.headers.get("ratelimit-policy")).toBe('"default";q=2;w=60');
  await call(null);
  const denied = await call(null);
  expect(denied.status).toBe(429);
  expect(denied.headers.get("ratelimit")).toMatch(/^"default";r=0;t=\d+$/);
});

describe("without a valid credential, requests are counted by IP address", () => {
  test.each([
    ["no token", () => null, "/projects"],
    ["junk", () => "junk", "/projects"],
    ["tokens of the right shape that nobody has", () => generateToken("lk", "mgt"), "/projects"],
    ["a route that there is not", () => null, "/nothing"],
  ])("for %s", async (_, tokenOf, path) => {
    const expected = path === "/projects" ? 401 : 404;
    expect(await statuses(3, () => call(tokenOf(), { path }))).toEqual([expected, expected, 429]);
    expect((await call(tokenOf(), { path, address: "203.0.113.9" })).status).toBe(expected);
    // A valid credential is not affected by others at the same address.
    expect((await call(token)).status).toBe(200);
  });
});

test("an IPv6 /64 counts as one address", async () => {
  await statuses(ANONYMOUS, () => call(null, { address: "2001:db8::1" }));
  expect((await call(null, { address: "2001:db8::2" })).status).toBe(429);
  expect((await call(null, { address: "2001:db8:0:1::1" })).status).toBe(401);
});

test("lookups of unknown tokens are limited to the rate of a credential", async () => {
  await statuses(CALLS, () => call(generateToken("lk", "mgt")));
  // Not known yet, so it counts like an invalid token.
  expect((await call(token)).status).toBe(429);
  expect((await call(token, { address: "203.0.113.9" })).status).toBe(200);
  expect((await call(token)).status).toBe(200);
});

test("requests with a revoked token count for their IP address", async () => {
  await call(token);
  await db.write((tx) => tx.q.update(tx.t.managementTokens).set({ revokedAt: 1 }));
  expect(await statuses(3, () => call(token))).toEqual([401, 401, 429]);
});

test("concurrent requests don't exceed the rate", async () => {
  await call(token);
  const all = await Promise.all(Array.from({ length: 12 }, () => call(token)));
  expect(all.filter(({ status }) => status === 200)).toHaveLength(CALLS - 1);
});

test("the actions of a signed-in user are limited to the rate of a credential", async () => {
  const [user, other] = [await makeUser(db), await makeUser(db)];
  const rates = callRatesOf(services);
  for (let n = 0; n < CALLS; n++) countAction(rates, user);
  expect(() => countAction(rates, user)).toThrow(expect.objectContaining({ code: "too-many" }));
  countAction(rates, other);
  // Actions without a session, such as signing in, have separate limits.
  for (let n = 0; n < 20; n++) countAction(rates, { kind: "visitor", ipAddress: HOME });
});

test("a constant caller at the rate is never denied, and a denied request is not counted", () => {
  let now = 0;
  const rates = new CallRates({ callsPerMinute: 6, anonymousCallsPerMinute: 6 }, () => now);
  for (let n = 0; n < 100; n++, now += 11_000) beginCall(rates, null, HOME).anonymous();
  let retryAfterSeconds = 0;
  for (let n = 0; n < 50; n++) {
    try {
      beginCall(rates, null, HOME).anonymous();
    } catch (error) {
      retryAfterSeconds ||= Number((error as HttpError).headers["Retry-After"]);
    }
  }
  expect(retryAfterSeconds).toBeGreaterThan(0);
  now += retryAfterSeconds * 1_000;
  beginCall(rates, null, HOME).anonymous();
});
