import { beforeEach, describe, expect, test } from "vitest";
import type { PlanTerms } from "#core/plans/terms.ts";
import { DAY_MS, HOUR_MS, iso } from "#core/time.ts";
import { disableApi } from "#domain/catalog/enablement/disable.ts";
import { enableApi } from "#domain/catalog/enablement/enable.ts";
import { cancelPlanChange, changePlan } from "#domain/plans/change.ts";
import { createPlan } from "#domain/plans/create.ts";
import { MAX_OVERRIDES, removePlanOverride, setPlanOverride } from "#domain/plans/override.ts";
import { changePlanSchema, createPlanSchema, updatePlanSchema } from "#domain/plans/schema.ts";
import { updatePlan } from "#domain/plans/update.ts";
import {
  type BillingSite,
  billingSite,
  countUsage,
  dedupingReceiver,
  EXPORT_OK,
  exportUsage,
  newExport,
} from "#test/billing-fixture.ts";
import { makeApi } from "#test/people.ts";
import { closeStatements } from "./close.ts";
import { readStatement } from "./read.ts";

const NOVEMBER = Date.UTC(2026, 10, 1);
const DECEMBER = Date.UTC(2026, 11, 1);
const CLOSED = DECEMBER + 2 * DAY_MS;
/** A day of November, or an hour of it. */
const on = (day: number, hour = 0) => NOVEMBER + ((day - 1) * 24 + hour) * HOUR_MS;

let site: BillingSite;
let ref: { projectId: string; slug: string };

/** A price of this many EUR per unit. */
const priced = (perUnit: number): PlanTerms["price"] => ({
  currency: "EUR",
  monthly: "0",
  perThousand: String(perUnit * 1_000),
});
const create = (slug: string, perUnit: number) =>
  createPlan({
    ctx: site.ctx,
    input: createPlanSchema.parse({
      api: "chat",
      slug,
      name: slug,
      includedUnits: 0,
      overage: "allow",
      price: priced(perUnit),
    }),
  });

/** Since the beginning of November, the project is on the plan “pro”, where a unit costs 1 EUR; 3 EUR on “max”. */
beforeEach(async () => {
  site = await billingSite();
  ref = { projectId: site.projectId, slug: "chat" };
  site.clock.set(NOVEMBER);
  await makeApi(site.db, "chat");
  await create("pro", 1);
  await create("max", 3);
  await enableApi({ ctx: site.ctx, input: { ...ref, plan: "pro" } });
});

const agree = (perUnit: number, endsAt: number | null = null) =>
  setPlanOverride({
    ctx: site.ctx,
    input: { ...ref, terms: { price: priced(perUnit) }, reason: "", endsAt },
  });
const remove = () => removePlanOverride({ ctx: site.ctx, input: ref });
const change = (plan: string, takesEffect = "now") =>
  changePlan({ ctx: site.ctx, input: changePlanSchema.parse({ ...ref, plan, takesEffect }) });
const publish = (perUnit: number, takesEffect = "now") =>
  updatePlan({
    ctx: site.ctx,
    input: updatePlanSchema.parse({
      api: "chat",
      slug: "pro",
      takesEffect,
      replacePlanned: true,
      price: priced(perUnit),
    }),
  });
const disable = () => disableApi({ ctx: site.ctx, input: ref });
const enable = () => enableApi({ ctx: site.ctx, input: { ...ref, plan: "pro" } });

/** Runs the steps, each at its time. */
async function run(steps: readonly (readonly [atMs: number, step: () => Promise<unknown>])[]): Promise<void> {
  for (const [at, step] of steps) {
    site.clock.set(at);
    await step();
  }
}
/** Ten requests of one unit in the hour that begins on these days of November. */
const use = (...days: number[]) =>
  countUsage(
    site,
    days.map((day) => ({ hour: on(day), requests: 10 })),
  );
const november = () => readStatement({ ctx: site.ctx, input: { ...ref, month: "2026-11" } });
/** Units and amount by plan and price per unit. */
async function billed(): Promise<Record<string, [units: number, amount: string | null]>> {
  const { lines } = await november();
  return Object.fromEntries(
    lines.map(({ plan, price, units, amount }) => [
      `${plan?.slug} at ${Number(price) / 1_000}`,
      [units, amount],
    ]),
  );
}

test("custom terms are billed from when they are set until they are replaced, removed or end", async () => {
  await use(2, 6, 12, 18, 24, 28);
  await run([
    [on(5), () => agree(5)],
    [on(10), () => agree(7)],
    [on(15), remove],
    [on(20), () => agree(9, on(26))],
  ]);
  site.clock.set(DECEMBER);
  expect(await billed()).toEqual({
    // The 2nd, 18th and 28th.
    "pro at 1": [30, "30.00"],
    "pro at 5": [10, "50.00"],
    "pro at 7": [10, "70.00"],
    "pro at 9": [10, "90.00"],
  });
});

test("custom terms count from the next full hour on, and those replaced within a minute not at all", async () => {
  await countUsage(
    site,
    [9, 10, 11].map((hour) => ({ hour: on(3, hour), requests: 10 })),
  );
  await run([
    [on(3, 10) + 60_000, () => agree(5)],
    [on(3, 10) + 90_000, () => agree(7)],
  ]);
  expect(await billed()).toEqual({ "pro at 1": [20, "20.00"], "pro at 7": [10, "70.00"] });
});

test("custom terms end with the subscription: they are not billed when the project returns to the plan", async () => {
  await use(2, 6, 12, 22, 26);
  await run([
    [on(5), () => agree(5)],
    [on(10), () => change("max")],
    [on(20), () => change("pro")],
    [on(25), () => agree(7)],
  ]);
  site.clock.set(DECEMBER);
  expect(await billed()).toEqual({
    "pro at 1": [20, "20.00"],
    "pro at 5": [10, "50.00"],
    "max at 3": [10, "30.00"],
    "pro at 7": [10, "70.00"],
  });
});

describe("what happens between a month's end and its closing does not change the month:", () => {
  const nothing = async () => {};
  const before: Record<string, () => Promise<unknown>> = {
    nothing,
    "custom terms": () => agree(5),
    "custom terms that end in December": () => agree(5, DECEMBER + DAY_MS),
    "custom terms that end with November": () => agree(5, DECEMBER),
    "removed custom terms": async () => {
      await agree(5);
      site.clock.advance(DAY_MS);
      await remove();
    },
    "a scheduled change": async () => {
      await agree(5);
      await change("max", "period-end");
    },
    "a scheduled change that was canceled": async () => {
      await change("max", "period-end");
      await cancelPlanChange({ ctx: site.ctx, input: ref });
    },
    "a scheduled version": () => publish(4, "period-end"),
  };
  const after: Record<string, (() => Promise<unknown>)[]> = {
    "custom terms are set": [() => agree(8)],
    "they are set and removed": [() => agree(8), remove],
    "they are removed": [remove],
    "the project leaves the plan": [() => change("max"), () => change("pro")],
    "the API is disabled and enabled": [disable, enable],
    "the plan has a new price": [() => publish(6)],
    "a scheduled change is canceled": [
      () => change("max"),
      () => change("pro", "period-end"),
      () => cancelPlanChange({ ctx: site.ctx, input: ref }),
    ],
    "the project leaves, returns and gets others": [
      () => agree(8),
      () => change("max"),
      () => change("pro"),
      () => agree(9),
    ],
  };
  const cases = [
    ...Object.keys(after).map((then) => ["custom terms", then] as const),
    ...Object.keys(before).map((first) => [first, "the project leaves, returns and gets others"] as const),
  ];

  test.each(cases)("after %s, %s", async (first, then) => {
    await newExport(site.ctx, { from: iso(NOVEMBER) });
    await use(2, 12, 30);
    await run([[on(10), before[first] ?? nothing]]);
    site.clock.set(DECEMBER - 1);
    const ended = await november();
    await run((after[then] ?? []).map((step, at) => [DECEMBER + (at + 1) * HOUR_MS, step] as const));
    expect((await november()).lines).toEqual(ended.lines);
    site.clock.set(CLOSED);
    await closeStatements({ db: site.db, now: site.clock.now });
    const closed = await november();
    expect(closed).toEqual({ ...ended, status: "closed" });
    const receiver = dedupingReceiver();
    await exportUsage(site, async (_, request) => {
      receiver.take(request);
      return EXPORT_OK;
    });
    expect(receiver.total()).toEqual({ requests: 30, units: 30 });
    expect(closed.total).toMatchObject(receiver.total());
  });
});

test("the custom terms of a project are set at most so often within 30 days, and can always be removed", async () => {
  for (let at = 0; at <= MAX_OVERRIDES; at++) {
    site.clock.advance(1_000);
    await agree(at + 2);
  }
  site.clock.advance(1_000);
  await expect(agree(1)).rejects.toMatchObject({ problem: "LIMIT_REACHED" });
  await remove();
  site.clock.advance(30 * DAY_MS);
  await agree(1);
});
