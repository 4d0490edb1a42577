import { expect, test } from "vitest";
import { readLimitMeters } from "#domain/keys/limits/meters.ts";
import { notifyQuotas } from "#domain/keys/limits/notify-quotas.ts";
import { updatePlanSchema } from "#domain/plans/schema.ts";
import { updatePlan } from "#domain/plans/update.ts";
import {
  caughtUp,
  check,
  codes,
  count,
  monthly,
  perMinute,
  plan,
  post,
  restart,
  setUpPlanChecks,
  site,
} from "#test/plan-checks.ts";
import { usageRows } from "#test/usage.ts";

setUpPlanChecks();

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
  expect(await post({ key: site.secret, api: "search" })).toMatchObject({ code: VALID, rateLimit: null });
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
  const units = (await usageRows(site.db, "day")).map((row) => [row.operation, row.code, row.units]);
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
  await restart();
  expect(await check("export.all")).toMatchObject({ code: "QUOTA_EXCEEDED", quota: { remaining: 0 } });
  expect(await check(undefined)).toMatchObject({ code: VALID, quota: null });
});

test("lost counters continue from the usage of the operations that a limit counts", async () => {
  await plan({
    limits: [monthly("exports", 6, "export.*"), monthly("all", 9)],
    unitsPerOperation: { "export.*": 2 },
  });
  expect(await codes(2, "export.one")).toEqual([VALID, VALID]);
  expect(await codes(3, "badges.sync")).toEqual([VALID, VALID, VALID]);
  await post({ key: site.secret, api: "search" });
  await count();
  await restart();
  expect(await codes(2, "export.all")).toEqual([VALID, "QUOTA_EXCEEDED"]);
  expect(await codes(1, "badges.sync")).toEqual(["QUOTA_EXCEEDED"]);
});

test("included units end the month only if overage is blocked", async () => {
  await plan({ includedUnits: 2 });
  expect(await check()).toMatchObject({ quota: { limit: 2, remaining: 1, policy: { name: "included" } } });
  expect(await codes(2)).toEqual([VALID, "QUOTA_EXCEEDED"]);
  await updatePlan({
    ctx: site.ctx,
    input: updatePlanSchema.parse({ api: "badges", slug: "free", overage: "allow" }),
  });
  await caughtUp();
  expect(await check()).toMatchObject({ code: VALID, quota: null });
});

test("meters and notifications show what the limits of a plan count", async () => {
  await plan({ limits: [monthly("exports", 10, "export.*"), perMinute("calls", 99)], includedUnits: 1_000 });
  await check("badges.sync");
  expect(await codes(8, "export.one")).toEqual(Array.from({ length: 8 }, () => VALID));
  await count();
  const meters = await readLimitMeters({
    ctx: site.ctx,
    input: { projectId: site.projectId, keyId: site.keyId },
  });
  const policy = { api: "badges", plan: "free" };
  expect(meters.rates).toEqual([
    { scope: "plan", policy: { ...policy, name: "calls", operations: null }, limit: 99, windowSeconds: 60 },
  ]);
  expect(meters.quotas).toMatchObject([
    { scope: "plan", policy: { ...policy, name: "exports", operations: "export.*" }, used: 8, limit: 10 },
    { scope: "plan", policy: { ...policy, name: "included", operations: null }, used: 9, limit: 1_000 },
  ]);
  expect(await notifyQuotas(site.ctx)).toBe(1);
  const events = await site.db.read.q.select().from(site.db.read.t.events);
  expect(events.at(-1)).toMatchObject({
    kind: "quota.nearing",
    data: { scope: "plan", api: "badges", plan: "free", policy: "exports", percent: 80, used: 8 },
  });
  expect(await notifyQuotas(site.ctx)).toBe(0);
});
