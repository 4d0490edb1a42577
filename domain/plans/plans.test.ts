import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { type Clock, ctxOf, makeUser } from "#test/people.ts";
import { DECEMBER, type PlanSite, planHelpers, planSite } from "#test/plan-site.ts";
import { disableApi } from "../catalog/enablement/disable.ts";
import type { Ctx } from "../context.ts";
import { deletePlan } from "./delete.ts";
import { getPlan, listPlans, listPlanVersions } from "./list.ts";
import { setPlanOverride } from "./override.ts";
import { setPlanOverrideSchema } from "./schema.ts";

let site: PlanSite;
let db: Db;
let clock: Clock;
let owner: Ctx;
let developer: Ctx;
let admin: Ctx;
beforeEach(async () => {
  site = await planSite();
  ({ db, clock, owner, developer, admin } = site);
});

const { ref, create, update, enable, change } = planHelpers(() => site);
const get = (slug: string, ctx = owner) => getPlan({ ctx, input: { api: "badges", slug } });

describe("versions of a plan", () => {
  test("changed terms are a new version, other changes and unchanged terms are none", async () => {
    await create("pro", { includedUnits: 1_000 });
    await update("pro", { name: "Professional", approval: true });
    await update("pro", { includedUnits: 1_000 });
    expect(await get("pro")).toMatchObject({ name: "Professional", version: 1 });
    expect(await update("pro", { includedUnits: 2_000 })).toMatchObject({ version: 2, includedUnits: 2_000 });
    const { items } = await listPlanVersions({
      ctx: admin,
      input: { api: "badges", slug: "pro", limit: 50 },
    });
    expect(items.map(({ version, terms }) => [version, terms.includedUnits])).toEqual([
      [2, 2_000],
      [1, 1_000],
    ]);
  });

  test("a version for the end of the month begins then, and a change that takes effect now replaces it on request", async () => {
    await create("pro", { includedUnits: 1_000, overage: "allow" });
    const planned = await update("pro", { includedUnits: 2_000, takesEffect: "period-end" });
    expect(planned).toMatchObject({ version: 1, includedUnits: 1_000 });
    expect(planned.next).toMatchObject({ version: 2, appliesAt: DECEMBER, terms: { includedUnits: 2_000 } });
    clock.set(Date.parse(DECEMBER) - 1);
    expect(await get("pro")).toMatchObject({ version: 1 });
    clock.advance(1);
    expect(await get("pro")).toMatchObject({ version: 2, includedUnits: 2_000, next: null });

    await update("pro", { includedUnits: 3_000, takesEffect: "period-end" });
    for (const terms of [{ overage: "block" }, { includedUnits: 2_000 }]) {
      await expect(update("pro", terms)).rejects.toMatchObject({
        code: "conflict",
        problem: "VERSION_PLANNED",
        message: expect.stringContaining("Version 3 is planned for 2027-01-01"),
      });
    }
    // Nothing of the plan that has no terms is in its way.
    expect(await update("pro", { name: "Professional" })).toMatchObject({ next: { version: 3 } });
    // Only what is named changes: the planned number of units is given up.
    expect(await update("pro", { overage: "block", replacePlanned: true })).toMatchObject({
      version: 4,
      includedUnits: 2_000,
      overage: "block",
      next: null,
    });
  });

  test("several changes for the end of the month add up", async () => {
    await create("pro", { includedUnits: 1_000 });
    await update("pro", { includedUnits: 2_000, takesEffect: "period-end" });
    const { next } = await update("pro", { overage: "allow", takesEffect: "period-end" });
    expect(next).toMatchObject({ version: 3, terms: { includedUnits: 2_000, overage: "allow" } });
  });

  test("a version that was replaced before it began says so, whichever page of the list it is on", async () => {
    await create("pro", { includedUnits: 1_000 });
    await update("pro", { includedUnits: 2_000, takesEffect: "period-end" });
    // Twice for the same time: the later one applies.
    await update("pro", { includedUnits: 3_000, takesEffect: "period-end" });
    clock.advance(60_000);
    await update("pro", { includedUnits: 4_000, replacePlanned: true });
    await update("pro", { includedUnits: 5_000, takesEffect: "period-end" });
    const seen: [number, string | null][] = [];
    let cursor: string | undefined;
    do {
      const input = { api: "badges", slug: "pro", limit: 1, cursor };
      const page = await listPlanVersions({ ctx: admin, input });
      seen.push(...page.items.map(({ version, appliesAt }): [number, string | null] => [version, appliesAt]));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual([
      [5, DECEMBER],
      [4, expect.any(String)],
      [3, null],
      [2, null],
      [1, expect.any(String)],
    ]);
  });

  test("patterns that match no operation are named, also those of planned and custom terms", async () => {
    const limits = [{ name: "exports", operations: "exprot.*", quota: { limit: 5, period: "day" } }];
    expect(await create("pro", { limits, unitsPerOperation: { "badges.*": 2 } })).toMatchObject({
      // The API lists no operations yet: a service may send any name.
      unmatchedPatterns: [],
    });
    await db.write(async ({ q, t }) => {
      const [api] = await q.select({ id: t.apis.id }).from(t.apis).where(eq(t.apis.slug, "badges"));
      const names = ["badges.get", "export.csv"];
      await q
        .insert(t.operations)
        .values(names.map((name, position) => ({ apiId: api?.id ?? "", name, position })));
    });
    expect(await get("pro")).toMatchObject({ unmatchedPatterns: ["exprot.*"] });
    const planned = { limits: [], unitsPerOperation: { "bagdes.*": 2 }, takesEffect: "period-end" };
    expect(await update("pro", planned)).toMatchObject({ unmatchedPatterns: ["exprot.*", "bagdes.*"] });
    const { items } = await listPlans({ ctx: admin, input: { api: "badges" } });
    expect(items).toMatchObject([{ unmatchedPatterns: ["exprot.*", "bagdes.*"] }]);
    await enable("pro");
    const input = setPlanOverrideSchema.parse({
      ...ref(),
      terms: { unitsPerOperation: { "export.csv": 1, "export.cvs": 3 } },
    });
    expect(await setPlanOverride({ ctx: admin, input })).toMatchObject({
      override: { unmatchedPatterns: ["export.cvs"] },
    });
  });

  test("two administrators who change a plan at once make two versions", async () => {
    await create("pro");
    await Promise.all([update("pro", { includedUnits: 1 }), update("pro", { overage: "allow" })]);
    expect(await get("pro")).toMatchObject({ version: 3, includedUnits: 1, overage: "allow" });
  });

  test("a slug is used once per API, and only a plan that nobody was ever on is deleted", async () => {
    await create("pro");
    await expect(create("pro")).rejects.toMatchObject({ code: "conflict", errors: [{ path: "slug" }] });
    await enable();
    const remove = () => deletePlan({ ctx: admin, input: { api: "badges", slug: "pro" } });
    await expect(remove()).rejects.toMatchObject({ code: "conflict" });
    await disableApi({ ctx: owner, input: ref() });
    await expect(remove()).rejects.toMatchObject({ code: "conflict" });
    await create("free");
    await deletePlan({ ctx: admin, input: { api: "badges", slug: "free" } });
    await create("free");
  });
});

describe("who sees a plan", () => {
  test("private and archived plans are for administrators and the projects on them", async () => {
    await create("free");
    await create("deal", { visibility: "private" });
    await create("old");
    await update("old", { archived: true });
    const list = async (ctx: Ctx) =>
      (await listPlans({ ctx, input: { api: "badges" } })).items.map(({ slug }) => slug);
    expect(await list(admin)).toEqual(["free", "deal", "old"]);
    expect(await list(owner)).toEqual(["free"]);
    await expect(get("deal")).rejects.toMatchObject({ code: "not-found" });
    await enable("free");
    await expect(change("deal")).rejects.toMatchObject({ code: "invalid" });
    await expect(change("old")).rejects.toMatchObject({ code: "invalid" });
    await change("deal", "now", admin);
    expect(await list(owner)).toEqual(["free", "deal"]);
    expect(await list(developer)).toEqual(["free", "deal"]);
    expect(await list(ctxOf(db, await makeUser(db), { clock }))).toEqual(["free"]);
  });
});
