import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Limits } from "#core/limits/types.ts";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { openTestDb } from "#test/db.ts";
import { ctxOf, makeAdmin, makeClock, makeKey, makeProject, makeUser, START } from "#test/people.ts";
import type { Ctx } from "../../context.ts";
import { listNotifications } from "../../notifications/list.ts";
import { setCeiling } from "../../projects/set-ceiling.ts";
import { updateProject } from "../../projects/update.ts";
import { updateKey } from "../update.ts";
import { readLimitMeters } from "./meters.ts";
import { notifyQuotas } from "./notify-quotas.ts";

const TODAY = START - (START % DAY_MS);

let db: Db;
let ctx: Ctx;
let system: Ctx;
let projectId: string;
let keyId: string;
const clock = makeClock();

beforeEach(async () => {
  clock.set(START);
  db = await openTestDb();
  const owner = await makeUser(db);
  ctx = ctxOf(db, owner, { clock });
  system = ctxOf(db, { kind: "system" }, { clock });
  projectId = await makeProject(db, owner);
  const limits = { rate: { limit: 5, windowSeconds: 60 }, quota: { limit: 1_000, period: "month" } };
  keyId = (await makeKey(ctx, projectId, { limits })).key.id;
  // Created long ago, so the forecast uses the whole previous week.
  await db.write((tx) => tx.q.update(tx.t.keys).set({ createdAt: START - 90 * DAY_MS }));
});

async function used(
  units: number,
  { interval = "day" as UsageInterval, bucket = TODAY, code = "VALID" as const } = {},
) {
  const facts = {
    projectId,
    keyId,
    secretId: "sec_1",
    api: "badges",
    operation: "",
    environment: "live" as const,
  };
  await db.write(async (tx) => {
    await tx.q.insert(tx.t.usage).values({ ...facts, interval, bucket, code, count: 1, units });
    await tx.q.update(tx.t.keys).set({ lastUsedAt: clock.now() }).where(eq(tx.t.keys.id, keyId));
  });
}
const quotaOf = (limit: number): Limits => ({ rate: null, quota: { limit, period: "day" } });

describe("the meters", () => {
  test("of a key are its own, its project's and the ceiling, each with the use in its period", async () => {
    await updateProject({ ctx, input: { projectId, limits: quotaOf(400) } });
    const admin = ctxOf(db, await makeAdmin(db), { clock });
    await setCeiling({ ctx: admin, input: { projectId, ceiling: quotaOf(900) } });
    await used(300);
    await used(100, { bucket: TODAY - DAY_MS });
    await used(5_000, { bucket: TODAY - 30 * DAY_MS });
    const meters = await readLimitMeters({ ctx, input: { projectId, keyId } });
    expect(meters.rates).toEqual([{ scope: "key", policy: null, limit: 5, windowSeconds: 60 }]);
    expect(meters.quotas).toMatchObject([
      { scope: "key", limit: 1_000, used: 400, resetAt: "2026-12-01T00:00:00.000Z" },
      { scope: "project", limit: 400, used: 300, resetAt: "2026-11-24T00:00:00.000Z" },
      { scope: "ceiling", limit: 900, used: 300 },
    ]);
    const projectMeters = await readLimitMeters({ ctx, input: { projectId } });
    expect(projectMeters.quotas.map(({ scope }) => scope)).toEqual(["project", "ceiling"]);
  });

  test("forecast at the rate of the last week when the quota will be used up", async () => {
    // 100 units a day for a week, 300 of the month's 1,000 used: 700 last for 7 days.
    for (let day = 0; day < 7; day++)
      await used(100, { interval: "hour", bucket: START - day * DAY_MS - HOUR_MS });
    await used(300);
    const [meter] = (await readLimitMeters({ ctx, input: { projectId, keyId } })).quotas;
    expect(meter?.forecast).toBeGreaterThan(1_000);
    expect(Math.abs(Date.parse(meter?.fullAt ?? "") - (START + 7 * DAY_MS))).toBeLessThan(2 * HOUR_MS);
  });

  test("have no such time for a quota that lasts or is used up", async () => {
    const read = async () => (await readLimitMeters({ ctx, input: { projectId, keyId } })).quotas[0];
    await used(100);
    expect(await read()).toMatchObject({ used: 100, forecast: 100, fullAt: null });
    await used(950, { bucket: TODAY - DAY_MS });
    expect(await read()).toMatchObject({ used: 1_050, fullAt: null });
  });
});

describe("notifications of quotas", () => {
  const notifications = async () =>
    (await listNotifications({ ctx, input: { limit: 50, unread: false } })).items.map(({ kind, title }) => ({
      kind,
      title,
    }));

  test("are sent to owners at 80 and 100 percent, once per period, and again for another limit", async () => {
    await used(799);
    expect(await notifyQuotas(system)).toBe(0);
    await used(1, { bucket: TODAY - DAY_MS });
    expect(await notifyQuotas(system)).toBe(1);
    expect(await notifyQuotas(system)).toBe(0);
    await used(200, { bucket: TODAY - 2 * DAY_MS });
    expect(await notifyQuotas(system)).toBe(1);
    expect(await notifyQuotas(system)).toBe(0);
    const titles = await notifications();
    expect(titles.map(({ kind }) => kind).sort()).toEqual(["quota.exhausted", "quota.nearing"]);
    expect(titles.map(({ title }) => title).join()).toContain("80% of its monthly quota");
  });

  test("are sent for a project's quota and its ceiling, and not for quotas without recent use", async () => {
    const admin = ctxOf(db, await makeAdmin(db), { clock });
    await updateProject({ ctx, input: { projectId, limits: quotaOf(10) } });
    await setCeiling({ ctx: admin, input: { projectId, ceiling: quotaOf(12) } });
    await notifyQuotas(system);
    await used(10);
    expect(await notifyQuotas(system)).toBe(0);
    await used(10, { interval: "minute", bucket: START - (START % 60_000) });
    expect(await notifyQuotas(system)).toBe(2);
    expect((await notifications()).map(({ kind }) => kind).sort()).toEqual([
      "quota.exhausted",
      "quota.nearing",
    ]);
  });

  test("cover use while no portal was running, however long ago, of a key and of its project", async () => {
    await updateProject({
      ctx,
      input: { projectId, limits: { rate: null, quota: { limit: 900, period: "month" } } },
    });
    await notifyQuotas(system);
    await used(950, { bucket: TODAY });
    clock.advance(5 * DAY_MS);
    expect(await notifyQuotas(system)).toBe(2);
    expect((await notifications()).map(({ kind }) => kind).sort()).toEqual([
      "quota.exhausted",
      "quota.nearing",
    ]);
  });

  test("are sent for a limit that was lowered to the current use, even without further requests", async () => {
    await used(300);
    await notifyQuotas(system);
    clock.advance(2 * HOUR_MS);
    await updateKey({ ctx, input: { projectId, keyId, limits: quotaOf(300) } });
    expect((await notifications()).map(({ kind }) => kind)).toEqual(["quota.exhausted"]);
    await updateProject({ ctx, input: { projectId, limits: quotaOf(350) } });
    const admin = ctxOf(db, await makeAdmin(db), { clock });
    await setCeiling({ ctx: admin, input: { projectId, ceiling: quotaOf(1_000) } });
    await setCeiling({ ctx: admin, input: { projectId, ceiling: quotaOf(290) } });
    const kinds = (await notifications()).map(({ kind }) => kind).sort();
    expect(kinds).toEqual(["quota.exhausted", "quota.exhausted", "quota.nearing"]);
    expect(await notifyQuotas(system)).toBe(0);
  });
});
