import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Db, openDb } from "#db/open.ts";
import { makeTestDatabase } from "#test/db.ts";
import {
  ctxOf,
  enableFor,
  makeAdmin,
  makeApi,
  makeKey,
  makeProject,
  makeServiceToken,
} from "#test/people.ts";
import { metricValues } from "#test/prometheus.ts";
import { type RedisServer, startRedis } from "#test/redis.ts";
import { startVerifier, type VerifierProcess } from "#test/verifier-process.ts";

let db: Db;
let url: string;
let redis: RedisServer;
let service: string;
let projectId: string;
const SOON = { timeout: 15_000 };
const dirs: string[] = [];
const verifiers: VerifierProcess[] = [];

beforeEach(async () => {
  url = await makeTestDatabase();
  db = await openDb(url);
  redis = await startRedis();
  const admin = await makeAdmin(db);
  projectId = await makeProject(db, admin);
  await makeApi(db, "badges");
  await enableFor(db, projectId, "badges");
  service = (await makeServiceToken(db)).token;
});
afterEach(async () => {
  await Promise.all(verifiers.splice(0).map((verifier) => verifier.stop()));
  await redis.stop();
  await db.close();
  for (const dir of dirs.splice(0)) await rm(dir, { recursive: true, force: true });
});

const makeDir = async () => {
  const dir = await mkdtemp(join(tmpdir(), "latchkey-limits-"));
  dirs.push(dir);
  return dir;
};
const start = async (env: Record<string, string>, dataDir?: string) => {
  const directory = dataDir ?? (await makeDir());
  const verifier = await startVerifier({ DATABASE_URL: url, LATCHKEY_DATA_DIR: directory, ...env });
  verifiers.push(verifier);
  return verifier;
};
const limitedKey = async (limits: object) =>
  (await makeKey(ctxOf(db, await makeAdmin(db)), projectId, { limits })).secret;
async function ask(verifier: VerifierProcess, key: string): Promise<{ status: number; code?: string }> {
  const response = await fetch(`${verifier.url}/api/v1/keys/verify`, {
    method: "POST",
    headers: { Authorization: `Bearer ${service}`, "Content-Type": "application/json" },
    body: JSON.stringify({ key, api: "badges" }),
  });
  return { status: response.status, ...(await response.json()) };
}
const readyz = async (verifier: VerifierProcess) => (await fetch(`${verifier.url}/readyz`)).text();

test("verifiers on several machines share a rate and a quota through Redis, in real time", async () => {
  const two = await Promise.all([start({ REDIS_URL: redis.url }), start({ REDIS_URL: redis.url })]);
  const key = await limitedKey({
    rate: { limit: 20, windowSeconds: 5 },
    quota: { limit: 32, period: "month" },
  });
  // The first call of each waits until both have counted what was answered before they began.
  for (const verifier of two)
    await expect.poll(() => ask(verifier, key), SOON).toMatchObject({ code: "VALID" });
  const codes: Record<string, number> = {};
  const spend = async (amount: number) => {
    const answers = await Promise.all(
      Array.from({ length: amount }, (_, at) => ask(two[at % 2] as VerifierProcess, key)),
    );
    for (const { code = "none" } of answers) codes[code] = (codes[code] ?? 0) + 1;
    return true;
  };
  await spend(60);
  expect(codes).toEqual({ VALID: 18, RATE_LIMITED: 42 });
  // The window slides on, until the quota is used up: to the unit.
  const spendMore = async () => (await spend(10)) && (codes.QUOTA_EXCEEDED ?? 0);
  await expect.poll(spendMore, { timeout: 30_000 }).toBeGreaterThan(0);
  expect(codes.VALID).toBe(30);
});

const metricsOf = async (verifier: VerifierProcess) =>
  metricValues(await (await fetch(verifier.metricsUrl)).text());

test("a quota stays exact when Redis loses everything, including what verifiers have not counted yet", async () => {
  const two = await Promise.all([start({ REDIS_URL: redis.url }), start({ REDIS_URL: redis.url })]);
  const key = await limitedKey({ quota: { limit: 12, period: "month" } });
  const codes: string[] = [];
  const asked = async (at: number) => {
    const { code, status } = await ask(two[at % 2] as VerifierProcess, key);
    codes.push(code ?? String(status));
    return code;
  };
  for (const at of [0, 1]) await expect.poll(() => asked(at), SOON).toBe("VALID");
  for (let call = 0; call < 6; call++) await asked(call);
  await redis.kill();
  await redis.start();
  let call = 0;
  await expect.poll(() => asked(call++), { ...SOON, interval: 20 }).toBe("QUOTA_EXCEEDED");
  expect(codes.filter((code) => code === "VALID")).toHaveLength(12);
  for (const at of [0, 1]) await expect.poll(() => asked(at), SOON).toBe("QUOTA_EXCEEDED");
});

/** Whether each of two has looked around since the other said that it is there. */
const knowEachOther = async () => {
  const rows = await db.read.q
    .select({ cycles: db.read.t.verifiers.aggregationCycles })
    .from(db.read.t.verifiers);
  return rows.length === 2 && rows.every(({ cycles }) => cycles > 3);
};

test("local: one of two verifiers applies its share while Redis is unavailable, and reports it", async () => {
  const env = { REDIS_URL: redis.url, LATCHKEY_LIMITS_WITHOUT_REDIS: "local" };
  const [verifier] = await Promise.all([start(env), start(env)]);
  const key = await limitedKey({ quota: { limit: 10, period: "month" } });
  await expect.poll(knowEachOther, SOON).toBe(true);
  await redis.kill();
  await expect.poll(() => readyz(verifier), SOON).toContain("applies its share");
  expect((await metricsOf(verifier)).get("latchkey_limits_ready")).toBe(0);
  const codes: (string | undefined)[] = [];
  const spend = async () => codes.push((await ask(verifier, key)).code) && codes.at(-1);
  await expect.poll(spend, { ...SOON, interval: 20 }).toBe("QUOTA_EXCEEDED");
  expect(codes.filter((code) => code === "VALID")).toHaveLength(5);
});

test("while Redis is unavailable, only keys with limits get 503, the verifier reports it, and it recovers without a restart", async () => {
  const verifier = await start({ REDIS_URL: redis.url });
  const [limited, free] = [await limitedKey({ quota: { limit: 5, period: "day" } }), await limitedKey({})];
  await expect.poll(() => ask(verifier, limited), SOON).toMatchObject({ status: 200, code: "VALID" });
  await redis.kill();
  await expect.poll(() => readyz(verifier), SOON).toContain("Redis is unavailable");
  expect(await ask(verifier, limited)).toMatchObject({ status: 503 });
  expect(await ask(verifier, free)).toMatchObject({ status: 200, code: "VALID" });
  const metrics = await metricsOf(verifier);
  expect(metrics.get("latchkey_limits_ready")).toBe(0);
  expect(metrics.get("latchkey_limits_errors_total")).toBeGreaterThan(0);
  await redis.start();
  await expect.poll(() => ask(verifier, limited), SOON).toMatchObject({ code: "VALID" });
  await expect.poll(() => readyz(verifier), SOON).toBe("ok\n");
});

test("a single verifier answers keys with limits at once, even after another shut down cleanly", async () => {
  const directory = await makeDir();
  const key = await limitedKey({
    rate: { limit: 3, windowSeconds: 600 },
    quota: { limit: 3, period: "month" },
  });
  const first = await start({}, directory);
  expect(await ask(first, key)).toMatchObject({ status: 200, code: "VALID" });
  expect(await ask(first, key)).toMatchObject({ status: 200, code: "VALID" });
  await first.stop();
  const second = await start({}, directory);
  expect(await ask(second, key)).toMatchObject({ status: 200, code: "VALID" });
  expect(await ask(second, key)).toMatchObject({ status: 200, code: "RATE_LIMITED" });
});

test("two processes of one data directory share limits without Redis, even if the first is killed", async () => {
  const dir = await makeDir();
  const [first, second] = [await start({}, dir), await start({}, dir)];
  const key = await limitedKey({ quota: { limit: 6, period: "month" } });
  for (const verifier of [first, second, first, second]) {
    await expect.poll(() => ask(verifier, key), SOON).toMatchObject({ code: "VALID" });
  }
  await first.stop("SIGKILL");
  // The other process counts what the dead one answered, and the quota continues from there exactly.
  const codes: string[] = [];
  await expect
    .poll(async () => codes.push((await ask(second, key)).code ?? "none") && codes, SOON)
    .toContain("QUOTA_EXCEEDED");
  expect(codes.filter((code) => code === "VALID")).toHaveLength(2);
});

test("another machine without Redis answers keys without limits and rejects keys with limits", async () => {
  await start({});
  const second = await start({});
  const [limited, free] = [await limitedKey({ quota: { limit: 5, period: "day" } }), await limitedKey({})];
  await expect.poll(() => readyz(second), SOON).toContain("no REDIS_URL");
  expect(await ask(second, limited)).toMatchObject({ status: 503 });
  expect(await ask(second, free)).toMatchObject({ status: 200, code: "VALID" });
});
