import { beforeEach, expect, test } from "vitest";
import { type PlanSite, planHelpers, planSite } from "#test/plan-site.ts";
import { disableApi } from "../catalog/enablement/disable.ts";
import { cancelPlanChange } from "./change.ts";
import { listPlanSubscribers } from "./list.ts";
import { removePlanOverride, setPlanOverride } from "./override.ts";
import { getSubscription } from "./read-subscription.ts";

let site: PlanSite;
const { ref, create, update, enable, change } = planHelpers(() => site);
beforeEach(async () => {
  site = await planSite();
  await create("pro", { includedUnits: 1_000, overage: "allow" });
  await create("free");
  await enable("pro");
});

const subscription = () => getSubscription({ ctx: site.owner, input: ref() });
const override = (terms: Record<string, unknown>, endsAt: number | null = null) =>
  setPlanOverride({ ctx: site.admin, input: { ...ref(), terms, reason: "Agreed in May.", endsAt } });

test("an override replaces the terms it names, also of later versions, while the project is on the plan", async () => {
  expect(await override({ includedUnits: 5_000 })).toMatchObject({
    terms: { includedUnits: 5_000, overage: "allow" },
    override: { terms: { includedUnits: 5_000 }, reason: "Agreed in May." },
  });
  await update("pro", { includedUnits: 2_000, overage: "block" });
  expect(await subscription()).toMatchObject({ terms: { includedUnits: 5_000, overage: "block" } });
  const { items } = await listPlanSubscribers({
    ctx: site.admin,
    input: { api: "badges", slug: "pro", limit: 50 },
  });
  expect(items).toMatchObject([{ project: { id: site.projectId }, overridden: true }]);
  site.clock.advance(1_000);
  await change("free");
  expect(await subscription()).toMatchObject({ terms: { includedUnits: null }, override: null });
});

test("an override ends with the subscription, and does not return when the project returns to the plan", async () => {
  const overridden = async () => {
    const input = { api: "badges", slug: "pro", limit: 50 };
    const { items } = await listPlanSubscribers({ ctx: site.admin, input });
    return [(await subscription()).override !== null, items.map((item) => item.overridden)];
  };
  await override({ includedUnits: 5_000 });
  site.clock.advance(1_000);
  // A change that is canceled ends nothing.
  await change("free", "period-end");
  await cancelPlanChange({ ctx: site.owner, input: ref() });
  expect(await overridden()).toEqual([true, [true]]);
  await change("free");
  site.clock.advance(1_000);
  expect(await change("pro")).toMatchObject({ terms: { includedUnits: 1_000 }, override: null });
  expect(await overridden()).toEqual([false, [false]]);
  await override({ includedUnits: 7_000 });
  expect(await overridden()).toEqual([true, [true]]);
  site.clock.advance(1_000);
  await disableApi({ ctx: site.owner, input: ref() });
  site.clock.advance(1_000);
  await enable("pro");
  expect(await overridden()).toEqual([false, [false]]);
  // Removing it again changes nothing.
  expect(await removePlanOverride({ ctx: site.admin, input: ref() })).toMatchObject({ override: null });
});

test("an override must end in the future when it is set, and then ends", async () => {
  const endsAt = site.clock.now() + 1_000;
  await expect(override({ includedUnits: 5_000 }, site.clock.now())).rejects.toMatchObject({
    code: "invalid",
  });
  expect(await override({ includedUnits: 5_000 }, endsAt)).toMatchObject({
    terms: { includedUnits: 5_000 },
    override: { endsAt: new Date(endsAt).toISOString() },
  });
  site.clock.set(endsAt);
  expect(await subscription()).toMatchObject({ terms: { includedUnits: 1_000 }, override: null });
  const { items } = await listPlanSubscribers({
    ctx: site.admin,
    input: { api: "badges", slug: "pro", limit: 50 },
  });
  expect(items).toMatchObject([{ overridden: false }]);
  // A new agreement after it.
  expect(await override({ includedUnits: 7_000 })).toMatchObject({ override: { endsAt: null } });
});

test("an override is removed, and is for administrators", async () => {
  await override({ includedUnits: null });
  expect(await subscription()).toMatchObject({ terms: { includedUnits: null } });
  expect(await removePlanOverride({ ctx: site.admin, input: ref() })).toMatchObject({
    terms: { includedUnits: 1_000 },
    override: null,
  });
  await expect(removePlanOverride({ ctx: site.owner, input: ref() })).rejects.toMatchObject({
    code: "forbidden",
  });
});
