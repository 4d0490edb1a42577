import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Db, openDb } from "#db/open.ts";
import { enableApi } from "#domain/catalog/enablement/enable.ts";
import { createPlan } from "#domain/plans/create.ts";
import { createPlanSchema } from "#domain/plans/schema.ts";
import { makeTestDatabase } from "#test/db.ts";
import { ctxOf, makeAdmin, makeApi, makeKey, makeProject, makeServiceToken } from "#test/people.ts";
import { startRedis } from "#test/redis.ts";
import { startRedisCluster } from "#test/redis-cluster.ts";
import { TEST_SCOPE } from "#test/scope.ts";
import { usageRows } from "#test/usage.ts";
import { startVerifier, type VerifierProcess } from "#test/verifier-process.ts";
import { LocalVerifier } from "../../sdk/typescript/src/local/local-verifier.ts";

const STORES = {
  Redis: startRedis,
  ...(TEST_SCOPE === "all" && { "Redis Cluster": startRedisCluster }),
};
const SOON = { timeout: 15_000 };

let db: Db;
let service: string;
let secret: string;
/** Run after the test, the last first. */
const endings: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  const url = await makeTestDatabase();
  db = await openDb(url);
  const admin = await makeAdmin(db);
  const ctx = { ...ctxOf(db, admin), now: Date.now };
  const projectId = await makeProject(db, admin);
  await makeApi(db, "badges", {
    operations: [
      { name: "export.one", method: "GET", path: "/export/{id}" },
      { name: "read", method: "GET", path: "/read" },
    ],
  });
  const monthly = (limit: number) => ({ limit, period: "month" });
  const input = {
    api: "badges",
    slug: "free",
    name: "Free",
    limits: [
      { name: "all", quota: monthly(40) },
      { name: "exports", operations: "export.*", quota: monthly(6) },
    ],
    unitsPerOperation: { "export.*": 2 },
  };
  await createPlan({ ctx, input: createPlanSchema.parse(input) });
  await enableApi({ ctx, input: { projectId, slug: "badges" } });
  secret = (await makeKey(ctx, projectId)).secret;
  service = (await makeServiceToken(db)).token;
  await db.write(({ q, t }) => q.update(t.serviceTokens).set({ localVerification: true }));
  endings.push(() => db.close());
});
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function start(redisUrl: string): Promise<VerifierProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-plans-"));
  const env = { DATABASE_URL: db.url, LATCHKEY_DATA_DIR: dataDir, REDIS_URL: redisUrl };
  const verifier = await startVerifier(env);
  endings.push(() => rm(dataDir, { recursive: true, force: true }));
  endings.push(() => verifier.stop());
  return verifier;
}

interface Call {
  operation: string;
  path: string;
  cost?: number;
}
const EXPORT = { operation: "export.one", path: "/export/7" };
const READ = { operation: "read", path: "/read" };

async function post({ url }: VerifierProcess, path: string, body: object) {
  const response = await fetch(`${url}/api/v1/keys/verify${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${service}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return response.json();
}
const checkOf = ({ operation, cost = 1 }: Call) => ({ key: secret, api: "badges", operation, cost });
const verify = async (at: VerifierProcess, call: Call): Promise<string> =>
  (await post(at, "", checkOf(call))).code;
const batch = async (at: VerifierProcess, call: Call): Promise<string> =>
  (await post(at, "/batch", { checks: [checkOf(call)] })).verdicts[0].code;
async function gate({ url }: VerifierProcess, { path }: Call): Promise<string> {
  const response = await fetch(`${url}/api/v1/gate/envoy/badges${path}`, {
    headers: { "X-Latchkey-Token": service, "X-Api-Key": secret, "X-Forwarded-For": "198.51.100.7" },
  });
  const code = response.headers.get("x-latchkey-code") ?? "";
  if (code === "QUOTA_EXCEEDED") {
    expect(response.status).toBe(429);
    expect(response.headers.get("ratelimit")).toMatch(/^"(all|exports)";r=[01];t=\d+$/);
  }
  return code;
}

test.each(Object.entries(STORES))(
  "through %s, verify, batch, gate and local verification share the limits of a plan, to the unit",
  async (_, startStore) => {
    const store = await startStore();
    endings.push(() => store.stop());
    const [a, b] = await Promise.all([start(store.url), start(store.url)]);
    const local = await LocalVerifier.start({
      urls: [a.url],
      token: service,
      maxBytes: 1_048_576,
      waitMs: 5_000,
      fetch,
      onError: () => {},
    });
    endings.push(() => local.close());
    await expect.poll(() => local.isReady, SOON).toBe(true);
    // Both have counted what was answered before they began.
    for (const each of [a, b])
      await expect.poll(() => verify(each, { ...READ, cost: 0 }), SOON).toBe("VALID");

    const ways = [
      (call: Call) => verify(a, call),
      (call: Call) => batch(b, call),
      (call: Call) => gate(b, call),
      async (call: Call) => {
        // It asks a verifier, because the project has a plan.
        expect(await local.verify(checkOf(call))).toBeNull();
        return verify(a, call);
      },
    ];
    const codesOf = async (call: Call, amount: number) => {
      const calls = Array.from({ length: amount }, (_, at) => ways[at % ways.length]?.(call) ?? "");
      return Object.groupBy(await Promise.all(calls), (code) => code);
    };
    const exports = await codesOf(EXPORT, 24);
    expect([exports.VALID?.length, exports.QUOTA_EXCEEDED?.length]).toEqual([3, 21]);
    const reads = await codesOf(READ, 60);
    expect([reads.VALID?.length, reads.QUOTA_EXCEEDED?.length]).toEqual([34, 26]);
    const units = async () => (await usageRows(db, "day")).reduce((sum, row) => sum + row.units, 0);
    await expect.poll(units, SOON).toBe(40);
  },
);
