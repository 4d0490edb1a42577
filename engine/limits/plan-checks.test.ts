import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { enableApi } from "#domain/catalog/enablement/enable.ts";
import type { Ctx } from "#domain/context.ts";
import { readLimitMeters } from "#domain/keys/limits/meters.ts";
import { notifyQuotas } from "#domain/keys/limits/notify-quotas.ts";
import { changePlan } from "#domain/plans/change.ts";
import { createPlan } from "#domain/plans/create.ts";
import { setPlanOverride } from "#domain/plans/override.ts";
import { changePlanSchema, createPlanSchema, updatePlanSchema } from "#domain/plans/schema.ts";
import { updatePlan } from "#domain/plans/update.ts";
import { openTestDb } from "#test/db.ts";
import {
  ctxOf,
  makeAdmin,
  makeApi,
  makeClock,
  makeKey,
  makeProject,
  makeServiceToken,
} from "#test/people.ts";
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
let secret: string;
let keyId: string;

beforeEach(async () => {
  db = await openTestDb();
  clock = makeClock();
  monotonicMs = 0;
  const admin = await makeAdmin(db);
  ctx = ctxOf(db, admin, { clock });
  projectId = await makeProject(db, admin);
  await makeApi(db, "badges", {
    operations: ["badges.sync", "export.all", { name: "export.one", method: "GET", path: "/export" }],
  });
  await makeApi(db, "search");
  service = (await makeServiceToken(db)).token;
  dir = await mkdtemp(join(tmpdir(), "latchkey-planned-"));
  journal = new Journal(dir);
  engine = await begin();
});
afterEach(async () => {
  await engine.stop();
  await rm(dir, { recursive: true, force: true });
});

async function begin(): Promise<Engine> {
  const limiter = new MemoryLimiter({ backfill: usageBackfill(db), clock: () => monotonicMs });
  const settings = { keyPrefix: "lk", staleMaxSeconds: 60, cacheKeys: 100, cacheBytes: 64 * 1_048_576 };
  const begun = new Engine({ db, settings, limiter, journal, now: clock.now, clock: () => monotonicMs });
  await begun.start();
  return begun;
}

/** Applies the changes that were written. */
async function caughtUp(): Promise<void> {
  clock.advance(10);
  monotonicMs += 10;
  const rows = await db.read.q.select({ seq: db.read.t.changes.seq }).from(db.read.t.changes);
  engine.feed.wake();
  await expect
    .poll(() => engine.feed.position)
    .toBeGreaterThanOrEqual(Math.max(...rows.map(({ seq }) => seq)));
}

async function post(body: object) {
  const asked = {
    batch: false,
    authorization: `Bearer ${service}`,
    contentType: "application/json",
    body: Buffer.from(JSON.stringify(body)),
  };
  const watch = { answered() {}, failed() {} };
  const reply = await new Promise<Reply>((respond) => answer(engine, asked, watch, respond));
  return JSON.parse(reply.body);
}
const check = (operation?: string, more = {}) => post({ key: secret, api: "badges", operation, ...more });
const codes = async (count: number, operation?: string) => {
  const list: string[] = [];
  for (let n = 0; n < count; n++) list.push((await check(operation)).code);
  return list;
};
const count = async () => {
  journal.rotate();
  await storeSegments(db, dir, clock.now);
};

/** Puts the project on a plan with these terms, and creates a key. */
async function plan(terms: object, limits: object = {}): Promise<void> {
  await createPlan({
    ctx,
    input: createPlanSchema.parse({ api: "badges", slug: "free", name: "Free", ...terms }),
  });
  for (const slug of ["badges", "search"]) await enableApi({ ctx, input: { projectId, slug } });
  const created = await makeKey(ctx, projectId, { limits });
  [secret, keyId] = [created.secret, created.key.id];
  await caughtUp();
}
const monthly = (name: string, limit: number, operations: string | null = null) => ({
  name,
  operations,
  quota: { limit, period: "month" },
});
const perMinute = (name: string, limit: number, operations: string | null = null) => ({
  name,
  operations,
  rate: { limit, windowSeconds: 60 },
});
const VALID = "VALID";

test("several limits of a plan hold, and the verdict names the limit with the least left", async () => {
  await plan({ limits: [perMinute("calls", 4), perMinute("exports", 2, "export.*"), monthly("all", 100)] });
  expect(await check("badges.sync")).toMatchObject({
    code: VALID,
    rateLimit: { limit: 4, remaining: 3, policy: { plan: "free", name: "calls" } },
    quota: { limit: 100, remaining: 99, policy: { plan: "free", name: "all" } },
  });
  expect(await check("export.one")).toMatchObject({
    rateLimit: { remaining: 1, policy: { name: "exports" } },
  });
  expect(await codes(2, "export.all")).toEqual([VALID, "RATE_LIMITED"]);
  const denied = await check("export.one");
  expect(denied).toMatchObject({
    code: "RATE_LIMITED",
    observed: { limitOf: "plan", plan: "free", policy: "exports", limit: "2", windowSeconds: "60" },
    rateLimit: { remaining: 0, policy: { plan: "free", name: "exports" } },
  });
  expect(denied.message).toContain("plan free (limit exports)");
  // The limit for all operations has one left: denied calls took nothing.
  expect(await codes(2, "badges.sync")).toEqual([VALID, "RATE_LIMITED"]);
  // Another API of the project has no plan.
  expect(await post({ key: secret, api: "search" })).toMatchObject({ code: VALID, rateLimit: null });
});

test("the limits of key, project and plan all hold, and count the same units", async () => {
  await plan(
    { limits: [monthly("all", 10)], unitsPerOperation: { "export.*": 4, "badges.sync": 0 } },
    { quota: { limit: 9, period: "month" } },
  );
  expect(await check("export.one")).toMatchObject({ quota: { limit: 9, remaining: 5 } });
  expect(await check("badges.sync")).toMatchObject({ code: VALID, quota: { remaining: 5 } });
  expect(await check(undefined)).toMatchObject({ quota: { remaining: 4 } });
  expect(await check("export.one", { cost: 2 })).toMatchObject({
    code: "QUOTA_EXCEEDED",
    observed: { limitOf: "key" },
  });
  expect(await check("export.all")).toMatchObject({ quota: { limit: 9, remaining: 0 } });
  await count();
  const units = (await usageRows(db, "day")).map((row) => [row.operation, row.code, row.units]);
  expect(units.filter(([, , units]) => Number(units) > 0).sort()).toEqual([
    ["", VALID, 1],
    ["export.all", VALID, 4],
    ["export.one", VALID, 4],
  ]);
});

test("a call whose path matches no operation counts against every limit, at the highest price", async () => {
  await plan({ limits: [monthly("exports", 40, "export.*")], unitsPerOperation: { "export.*": 20 } });
  const byPath = (path: string) => check(undefined, { method: "GET", path });
  expect(await byPath("/export")).toMatchObject({ operation: "export.one", quota: { remaining: 20 } });
  expect(await byPath("/Export")).toMatchObject({ operation: null, quota: { remaining: 0 } });
  expect(await byPath("/EXPORT")).toMatchObject({ code: "QUOTA_EXCEEDED" });
  await count();
  // Counters that were lost know of it.
  engine = await restarted();
  expect(await check("export.all")).toMatchObject({ code: "QUOTA_EXCEEDED", quota: { remaining: 0 } });
  expect(await check(undefined)).toMatchObject({ code: VALID, quota: null });
});

const restarted = async () => {
  await engine.stop();
  return begin();
};

test("lost counters continue from the usage of the operations that a limit counts", async () => {
  await plan({
    limits: [monthly("exports", 6, "export.*"), monthly("all", 9)],
    unitsPerOperation: { "export.*": 2 },
  });
  expect(await codes(2, "export.one")).toEqual([VALID, VALID]);
  expect(await codes(3, "badges.sync")).toEqual([VALID, VALID, VALID]);
  await post({ key: secret, api: "search" });
  await count();
  engine = await restarted();
  expect(await codes(2, "export.all")).toEqual([VALID, "QUOTA_EXCEEDED"]);
  expect(await codes(1, "badges.sync")).toEqual(["QUOTA_EXCEEDED"]);
});

test("included units end the month only if overage is blocked", async () => {
  await plan({ includedUnits: 2 });
  expect(await check()).toMatchObject({ quota: { limit: 2, remaining: 1, policy: { name: "included" } } });
  expect(await codes(2)).toEqual([VALID, "QUOTA_EXCEEDED"]);
  await updatePlan({
    ctx,
    input: updatePlanSchema.parse({ api: "badges", slug: "free", overage: "allow" }),
  });
  await caughtUp();
  expect(await check()).toMatchObject({ code: VALID, quota: null });
});

test("who moves to a larger plan continues at once, and who moves back has no new quota", async () => {
  await plan({ limits: [monthly("calls", 2)] });
  const input = { api: "badges", slug: "pro", name: "Pro", limits: [monthly("requests", 5)] };
  await createPlan({ ctx, input: createPlanSchema.parse(input) });
  const change = async (to: string, takesEffect = "now") => {
    await changePlan({
      ctx,
      input: changePlanSchema.parse({ projectId, slug: "badges", plan: to, takesEffect }),
    });
    await caughtUp();
  };
  expect(await codes(3)).toEqual([VALID, VALID, "QUOTA_EXCEEDED"]);
  await change("pro");
  expect(await check()).toMatchObject({ quota: { limit: 5, remaining: 2, policy: { plan: "pro" } } });
  await change("free");
  expect(await codes(1)).toEqual(["QUOTA_EXCEEDED"]);
  // At the end of the month without any further change: the verifier knows already.
  await change("pro", "period-end");
  expect(await codes(1)).toEqual(["QUOTA_EXCEEDED"]);
  clock.set(Date.UTC(2026, 11, 1) - 1);
  expect(await codes(1)).toEqual(["QUOTA_EXCEEDED"]);
  clock.advance(1);
  expect(await check()).toMatchObject({ code: VALID, quota: { limit: 5, remaining: 4 } });
});

test("units used while a plan allowed more count when the project is back, and after an override too", async () => {
  await plan({ includedUnits: 3 });
  const input = { api: "badges", slug: "pro", name: "Pro", includedUnits: 3, overage: "allow" };
  await createPlan({ ctx, input: createPlanSchema.parse(input) });
  const change = async (to: string) => {
    await changePlan({ ctx, input: changePlanSchema.parse({ projectId, slug: "badges", plan: to }) });
    await caughtUp();
  };
  expect(await codes(2)).toEqual([VALID, VALID]);
  await change("pro");
  expect(await codes(2)).toEqual([VALID, VALID]);
  await count();
  await change("free");
  expect(await codes(1)).toEqual(["QUOTA_EXCEEDED"]);

  const override = (terms: object, endsAt: number | null = null) =>
    setPlanOverride({ ctx, input: { projectId, slug: "badges", terms, reason: "", endsAt } });
  await override({ includedUnits: 5 });
  await caughtUp();
  expect(await codes(2)).toEqual([VALID, "QUOTA_EXCEEDED"]);
  // Until it ends, without any further change.
  const endsAt = clock.now() + 60_000;
  await override({ includedUnits: 7, overage: "allow" }, endsAt);
  await caughtUp();
  expect(await codes(2)).toEqual([VALID, VALID]);
  await count();
  clock.set(endsAt - 1);
  expect(await codes(1)).toEqual([VALID]);
  clock.set(endsAt);
  expect(await codes(1)).toEqual(["QUOTA_EXCEEDED"]);
});

test("a new version and an override apply to verifiers that have the facts in memory", async () => {
  await plan({ limits: [monthly("calls", 2)] });
  expect(await codes(3)).toEqual([VALID, VALID, "QUOTA_EXCEEDED"]);
  const version = { api: "badges", slug: "free", limits: [monthly("calls", 3)] };
  await updatePlan({ ctx, input: updatePlanSchema.parse(version) });
  await caughtUp();
  expect(await codes(2)).toEqual([VALID, "QUOTA_EXCEEDED"]);
  const limits = createPlanSchema.shape.limits.parse([monthly("calls", 4)]);
  await setPlanOverride({
    ctx,
    input: { projectId, slug: "badges", terms: { limits }, reason: "", endsAt: null },
  });
  await caughtUp();
  expect(await codes(2)).toEqual([VALID, "QUOTA_EXCEEDED"]);
});

test("meters and notifications show what the limits of a plan count", async () => {
  await plan({ limits: [monthly("exports", 10, "export.*"), perMinute("calls", 99)], includedUnits: 1_000 });
  await check("badges.sync");
  expect(await codes(8, "export.one")).toEqual(Array.from({ length: 8 }, () => VALID));
  await count();
  const meters = await readLimitMeters({ ctx, input: { projectId, keyId } });
  const policy = { api: "badges", plan: "free" };
  expect(meters.rates).toEqual([
    { scope: "plan", policy: { ...policy, name: "calls", operations: null }, limit: 99, windowSeconds: 60 },
  ]);
  expect(meters.quotas).toMatchObject([
    { scope: "plan", policy: { ...policy, name: "exports", operations: "export.*" }, used: 8, limit: 10 },
    { scope: "plan", policy: { ...policy, name: "included", operations: null }, used: 9, limit: 1_000 },
  ]);
  expect(await notifyQuotas(ctx)).toBe(1);
  const events = await db.read.q.select().from(db.read.t.events);
  expect(events.at(-1)).toMatchObject({
    kind: "quota.nearing",
    data: { scope: "plan", api: "badges", plan: "free", policy: "exports", percent: 80, used: 8 },
  });
  expect(await notifyQuotas(ctx)).toBe(0);
});
