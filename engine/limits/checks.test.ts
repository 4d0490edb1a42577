import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { Ctx } from "#domain/context.ts";
import { updateKey } from "#domain/keys/update.ts";
import { setCeiling } from "#domain/projects/set-ceiling.ts";
import { updateProject } from "#domain/projects/update.ts";
import { openTestDb } from "#test/db.ts";
import { flakyProxy } from "#test/faults/flaky-proxy.ts";
import {
  ctxOf,
  enableFor,
  makeAdmin,
  makeApi,
  makeClock,
  makeKey,
  makeProject,
  makeServiceToken,
} from "#test/people.ts";
import { readerUrlOf } from "#test/reused-databases.ts";
import { usageRows } from "#test/usage.ts";
import { storeSegments } from "../aggregation/store-segments.ts";
import { answer } from "../check/answer.ts";
import type { Reply } from "../check/reply.ts";
import { Engine } from "../engine.ts";
import { Journal } from "../journal/journal.ts";
import { MemoryLimiter } from "./memory.ts";
import { usageBackfill } from "./usage-backfill.ts";

let db: Db;
let ctx: Ctx;
let projectId: string;
let service: string;
let dir: string;
let journal: Journal;
let engine: Engine;
let clock: ReturnType<typeof makeClock>;
let monotonicMs: number;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  monotonicMs = 0;
  const admin = await makeAdmin(db);
  ctx = ctxOf(db, admin, { clock });
  projectId = await makeProject(db, admin);
  await makeApi(db, "badges");
  await enableFor(db, projectId, "badges");
  service = (await makeServiceToken(db)).token;
  dir = await mkdtemp(join(tmpdir(), "latchkey-limited-"));
  journal = new Journal(dir);
  engine = await begin();
});
afterEach(async () => {
  await engine.stop();
  await rm(dir, { recursive: true, force: true });
});

async function begin(backfill = usageBackfill(db)): Promise<Engine> {
  const limiter = new MemoryLimiter({ backfill, clock: () => monotonicMs });
  const settings = { keyPrefix: "lk", staleMaxSeconds: 60, cacheKeys: 100, cacheBytes: 64 * 1_048_576 };
  const begun = new Engine({
    db,
    listenUrl: readerUrlOf(db),
    settings,
    limiter,
    journal,
    now: clock.now,
    clock: () => monotonicMs,
  });
  await begun.start();
  return begun;
}

async function post(body: object, batch = false) {
  const asked = {
    batch,
    authorization: `Bearer ${service}`,
    contentType: "application/json",
    body: Buffer.from(JSON.stringify(body)),
  };
  const watch = { answered() {}, failed() {} };
  const reply = await new Promise<Reply>((respond) => answer(engine, asked, watch, respond));
  return JSON.parse(reply.body);
}
const check = (key: string, more = {}) => post({ key, api: "badges", ...more });
const limited = (limits: object) => makeKey(ctx, projectId, { limits });
const count = async () => {
  journal.rotate();
  await storeSegments(db, dir, clock.now);
};

test("a verdict contains what remains of rate and quota, and a denial when to retry", async () => {
  const { secret } = await limited({
    rate: { limit: 2, windowSeconds: 60 },
    quota: { limit: 100, period: "month" },
  });
  expect(await check(secret)).toMatchObject({
    code: "VALID",
    rateLimit: { limit: 2, windowSeconds: 60, remaining: 1, resetMs: 60_000 },
    quota: { limit: 100, period: "month", remaining: 99, resetAt: "2026-12-01T00:00:00.000Z" },
  });
  monotonicMs += 10_000;
  expect(await check(secret)).toMatchObject({ rateLimit: { remaining: 0, resetMs: 50_000 } });
  const denial = await check(secret);
  expect(denial).toMatchObject({
    valid: false,
    code: "RATE_LIMITED",
    retryAfterMs: 50_000,
    observed: { limitOf: "key", limit: "2", windowSeconds: "60" },
  });
  expect(denial.message).toContain("2 units per 60 seconds");
  monotonicMs += denial.retryAfterMs;
  expect((await check(secret)).code).toBe("VALID");
});

test("costs are counted fully or not at all, a cost of 0 is free, and a call that can never fit is reported", async () => {
  const { secret } = await limited({ quota: { limit: 10, period: "day" } });
  expect((await check(secret, { cost: 7 })).quota.remaining).toBe(3);
  expect(await check(secret, { cost: 4 })).toMatchObject({
    code: "QUOTA_EXCEEDED",
    retryAfterMs: 12 * HOUR_MS,
    observed: { limitOf: "key", limit: "10", period: "day" },
  });
  expect((await check(secret, { cost: 0 })).quota.remaining).toBe(3);
  expect((await check(secret, { cost: 11 })).message).toContain("It can never pass");
  expect((await check(secret, { cost: 3 })).quota.remaining).toBe(0);
  clock.advance(12 * HOUR_MS);
  expect((await check(secret)).quota.remaining).toBe(9);
});

test("a call denied by a restriction counts nothing, so that a stolen key can't exhaust the quota", async () => {
  const limits = { rate: { limit: 1, windowSeconds: 60 } };
  const { secret } = await makeKey(ctx, projectId, { limits, restrictions: { ips: ["198.51.100.7"] } });
  for (let call = 0; call < 5; call++) {
    expect((await check(secret, { clientIp: "203.0.113.9" })).code).toBe("IP_NOT_ALLOWED");
  }
  expect((await check(secret, { clientIp: "198.51.100.7" })).code).toBe("VALID");
});

test("all keys of a project share its limits and its ceiling, and each key has its own limits", async () => {
  const [one, two] = [
    await limited({ rate: { limit: 2, windowSeconds: 60 } }),
    await makeKey(ctx, projectId),
  ];
  await updateProject({
    ctx,
    input: { projectId, limits: { rate: { limit: 3, windowSeconds: 60 }, quota: null } },
  });
  engine.factStore.forgetAll();
  expect((await check(one.secret)).rateLimit).toMatchObject({ limit: 2, remaining: 1 });
  await check(one.secret);
  expect(await check(one.secret)).toMatchObject({ code: "RATE_LIMITED", observed: { limitOf: "key" } });
  expect((await check(two.secret)).rateLimit).toMatchObject({ limit: 3, remaining: 0 });
  expect(await check(two.secret)).toMatchObject({ code: "RATE_LIMITED", observed: { limitOf: "project" } });
  monotonicMs += 60_000;
  const ceiling = { rate: null, quota: { limit: 1, period: "day" as const } };
  await setCeiling({ ctx, input: { projectId, ceiling } });
  engine.factStore.forgetAll();
  // Usage from before the ceiling was set counts.
  await count();
  expect(await check(two.secret)).toMatchObject({ code: "QUOTA_EXCEEDED", observed: { limitOf: "project" } });
});

test("the checks of a batch are counted in order", async () => {
  const { secret } = await limited({ quota: { limit: 2, period: "day" } });
  const checks = Array.from({ length: 4 }, () => ({ key: secret, api: "badges" }));
  const { verdicts } = await post({ checks }, true);
  expect(verdicts.map(({ code }: { code: string }) => code)).toEqual([
    "VALID",
    "VALID",
    "QUOTA_EXCEEDED",
    "QUOTA_EXCEEDED",
  ]);
});

test("a restarted verifier continues quotas and windows where the last one stopped", async () => {
  const { secret } = await limited({
    rate: { limit: 10, windowSeconds: 3_600 },
    quota: { limit: 12, period: "month" },
  });
  await check(secret, { cost: 8 });
  await count();
  await engine.stop();
  clock.advance(1_000);
  engine = await begin();
  expect((await check(secret, { cost: 3 })).code).toBe("RATE_LIMITED");
  expect(await check(secret)).toMatchObject({ rateLimit: { remaining: 1 }, quota: { remaining: 3 } });
});

test("a key with limits whose usage can't be read gets 503 until it can", async () => {
  const own = flakyProxy(db);
  await engine.stop();
  engine = await begin(usageBackfill(own.db));
  const rated = await limited({ rate: { limit: 5, windowSeconds: 3_600 } });
  const dealt = await limited({ quota: { limit: 5, period: "day" } });
  own.disconnect();
  for (const { secret } of [rated, dealt]) expect(await check(secret)).toMatchObject({ status: 503 });
  expect(engine.uncounted).toBe(2);
  own.reconnect();
  for (const { secret } of [rated, dealt]) expect(await check(secret)).toMatchObject({ code: "VALID" });
});

test("the usage counts contain the allowed units of each code", async () => {
  const { secret } = await limited({ quota: { limit: 10, period: "day" } });
  await check(secret, { cost: 9 });
  await check(secret, { cost: 0 });
  await check(secret, { cost: 5 });
  await count();
  const rows = await usageRows(db, "day");
  const days = rows.map(({ code, count: checks, units }) => [code, checks, units]);
  expect(days.sort()).toEqual([
    ["QUOTA_EXCEEDED", 1, 0],
    ["VALID", 2, 9],
  ]);
});

test("a changed limit applies from the next call on, including what was used before", async () => {
  const { key, secret } = await limited({ quota: { limit: 2, period: "day" } });
  await check(secret, { cost: 2 });
  expect((await check(secret)).code).toBe("QUOTA_EXCEEDED");
  const quota = { limit: 3, period: "day" as const };
  await updateKey({ ctx, input: { projectId, keyId: key.id, limits: { rate: null, quota } } });
  engine.factStore.forgetAll();
  expect((await check(secret)).quota).toMatchObject({ limit: 3, remaining: 0 });
});
