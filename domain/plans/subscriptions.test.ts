import { beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "#core/time.ts";
import type { Db, Tx } from "#db/open.ts";
import type { Clock } from "#test/people.ts";
import { DECEMBER, type PlanSite, planHelpers, planSite } from "#test/plan-site.ts";
import { approveAccess, declineAccess } from "../catalog/enablement/decide.ts";
import { disableApi } from "../catalog/enablement/disable.ts";
import { listPendingAccess } from "../catalog/enablement/pending.ts";
import type { Ctx } from "../context.ts";
import { cancelPlanChange, changePlan } from "./change.ts";
import { deletePlan } from "./delete.ts";
import { endDisabledSubscriptions } from "./end-disabled.ts";
import { getSubscription, listSubscriptions } from "./read-subscription.ts";
import { changePlanSchema } from "./schema.ts";
import { MAX_CHANGES } from "./subscriptions.ts";

let site: PlanSite;
let db: Db;
let clock: Clock;
let owner: Ctx;
let developer: Ctx;
let admin: Ctx;
let projectId: string;
beforeEach(async () => {
  site = await planSite();
  ({ db, clock, owner, developer, admin, projectId } = site);
});

const { ref, create, update, enable, change } = planHelpers(() => site);
const mine = () => getSubscription({ ctx: owner, input: ref() });
const periods = async () => {
  const rows = await db.read.q
    .select()
    .from(db.read.t.subscriptions)
    .orderBy(db.read.t.subscriptions.startsAt);
  return rows.map(({ startsAt, endsAt }) => [startsAt, endsAt]);
};

describe("enabling an API", () => {
  test("without plans needs none, and with one plan takes that", async () => {
    expect(await enable()).toEqual({ status: "enabled" });
    expect(await mine()).toMatchObject({ plan: null, terms: null });
    await disableApi({ ctx: owner, input: ref() });
    await create("free", { includedUnits: 100 });
    await enable();
    expect(await mine()).toMatchObject({ plan: { slug: "free" }, version: 1, terms: { includedUnits: 100 } });
  });

  test("with several plans needs a choice, which must exist", async () => {
    await create("free");
    await create("pro");
    await expect(enable()).rejects.toMatchObject({
      code: "invalid",
      errors: [{ path: "plan", message: expect.stringContaining("free, pro") }],
    });
    await expect(enable("gold")).rejects.toMatchObject({ code: "invalid" });
    expect(await mine()).toMatchObject({ plan: null });
    await enable("pro");
    expect(await mine()).toMatchObject({ plan: { slug: "pro" } });
  });

  test("on a plan with a price is for owners", async () => {
    await create("free");
    await create("pro", { price: { currency: "eur", monthly: 49 } });
    await expect(enable("pro", developer)).rejects.toMatchObject({ code: "forbidden" });
    expect(await enable("free", developer)).toEqual({ status: "enabled" });
    await expect(change("pro", "now", developer)).rejects.toMatchObject({ code: "forbidden" });
    expect(await change("pro")).toMatchObject({
      plan: { slug: "pro" },
      terms: { price: { currency: "EUR", monthly: "49", perThousand: "0" } },
    });
  });

  test("on a plan that needs an approval is pending until an administrator decides", async () => {
    await create("pro", { approval: true });
    expect(await enable()).toEqual({ status: "pending" });
    expect(await mine()).toMatchObject({ plan: null, request: { plan: { slug: "pro" }, status: "pending" } });
    const { items } = await listPendingAccess({ ctx: admin, input: { limit: 50 } });
    expect(items).toMatchObject([{ plan: { slug: "pro" }, enabled: false }]);
    await approveAccess({ ctx: admin, input: ref() });
    expect(await mine()).toMatchObject({ plan: { slug: "pro" }, request: null });
    await disableApi({ ctx: owner, input: ref() });
    await enable();
    await declineAccess({ ctx: admin, input: { ...ref(), message: "Not yet." } });
    expect(await mine()).toMatchObject({ plan: null, request: null });
  });

  test("on a plan that was archived after it was requested can only be declined", async () => {
    await create("free");
    await create("pro", { approval: true });
    await enable("pro");
    await update("pro", { archived: true });
    await expect(approveAccess({ ctx: admin, input: ref() })).rejects.toMatchObject({ code: "conflict" });
    await declineAccess({ ctx: admin, input: ref() });
    await enable("free");
    await update("pro", { archived: false });
    await change("pro");
    await update("pro", { archived: true });
    await expect(approveAccess({ ctx: admin, input: ref() })).rejects.toMatchObject({ code: "conflict" });
    await declineAccess({ ctx: admin, input: ref() });
    expect(await mine()).toMatchObject({ plan: { slug: "free" }, request: { status: "declined" } });
  });

  test("again without a plan is for administrators to allow", async () => {
    await create("free", { includedUnits: 100 });
    await enable();
    await update("free", { archived: true });
    await create("deal", { visibility: "private" });
    // Otherwise nobody would be limited after leaving the archived plan.
    await disableApi({ ctx: developer, input: ref() });
    expect(await enable(undefined, developer)).toEqual({ status: "pending" });
    await approveAccess({ ctx: admin, input: ref() });
    expect(await mine()).toMatchObject({ plan: null });
    await disableApi({ ctx: owner, input: ref() });
    expect(await enable("deal", admin)).toEqual({ status: "enabled" });
  });

  test("whose plans are all archived or private is for administrators to allow", async () => {
    await create("free");
    await update("free", { archived: true });
    // The project was never on a plan.
    expect(await enable(undefined, developer)).toEqual({ status: "pending" });
    await approveAccess({ ctx: admin, input: ref() });
    expect(await mine()).toMatchObject({ plan: null });
  });

  test("whose requested plan was deleted takes the only plan that is left, or none of several", async () => {
    await create("trial", { approval: true });
    await create("free");
    await create("pro");
    await enable("trial");
    await deletePlan({ ctx: admin, input: { api: "badges", slug: "trial" } });
    await expect(approveAccess({ ctx: admin, input: ref() })).rejects.toMatchObject({ code: "conflict" });
    await deletePlan({ ctx: admin, input: { api: "badges", slug: "pro" } });
    await approveAccess({ ctx: admin, input: ref() });
    expect(await mine()).toMatchObject({ plan: { slug: "free" } });
  });

  test("is not pending for an administrator", async () => {
    await create("pro", { approval: true });
    expect(await enable("pro", admin)).toEqual({ status: "enabled" });
  });
});

describe("changing the plan", () => {
  beforeEach(async () => {
    await create("free");
    await create("pro");
    await create("max", { approval: true });
    await enable("free");
    clock.advance(1_000);
  });

  test("now ends the old period where the new one starts", async () => {
    await change("pro");
    const now = clock.now();
    expect(await periods()).toEqual([
      [now - 1_000, now],
      [now, null],
    ]);
    expect(await mine()).toMatchObject({ plan: { slug: "pro" }, next: null });
  });

  test("at the end of the month keeps the plan until then, and can be canceled or replaced", async () => {
    expect(await change("pro", "period-end")).toMatchObject({
      plan: { slug: "free" },
      next: { plan: { slug: "pro" }, startsAt: DECEMBER },
    });
    await cancelPlanChange({ ctx: owner, input: ref() });
    expect(await mine()).toMatchObject({ plan: { slug: "free" }, next: null });
    await change("pro", "period-end");
    // Choosing the current plan gives the change up as well.
    expect(await change("free")).toMatchObject({ plan: { slug: "free" }, next: null });
    await change("pro", "period-end");
    clock.set(Date.parse(DECEMBER));
    expect(await mine()).toMatchObject({ plan: { slug: "pro" }, startsAt: DECEMBER, next: null });
    expect(await periods()).toEqual([
      [expect.any(Number), Date.parse(DECEMBER)],
      [Date.parse(DECEMBER), null],
    ]);
  });

  test("now is rejected while a change to another plan is scheduled, unless it says that it replaces that", async () => {
    await create("third");
    await change("pro", "period-end");
    const scheduled = { plan: { slug: "pro" }, startsAt: DECEMBER };
    for (const plan of ["third", "max"]) {
      await expect(change(plan)).rejects.toMatchObject({
        code: "conflict",
        problem: "CHANGE_SCHEDULED",
        message: expect.stringContaining("The change to pro is scheduled for 2026-12-01"),
      });
    }
    expect(await mine()).toMatchObject({ plan: { slug: "free" }, next: scheduled, request: null });
    const replace = (plan: string) =>
      changePlan({ ctx: owner, input: changePlanSchema.parse({ ...ref(), plan, replaceScheduled: true }) });
    // A request changes nothing yet.
    expect(await replace("max")).toMatchObject({ next: scheduled, request: { plan: { slug: "max" } } });
    expect(await replace("third")).toMatchObject({ plan: { slug: "third" }, next: null, request: null });
    // The scheduled plan itself can start earlier, and another change for the end of the month is what is asked for.
    await change("pro", "period-end");
    expect(await change("free", "period-end")).toMatchObject({ next: { plan: { slug: "free" } } });
    expect(await change("free")).toMatchObject({ plan: { slug: "free" }, next: null });
  });

  test("to a plan with approval keeps the plan until an administrator decides", async () => {
    expect(await change("max", "period-end")).toMatchObject({
      plan: { slug: "free" },
      request: { plan: { slug: "max" }, takesEffect: "period-end", status: "pending" },
    });
    const { items } = await listPendingAccess({ ctx: admin, input: { limit: 50 } });
    expect(items).toMatchObject([{ plan: { slug: "max" }, enabled: true }]);
    await declineAccess({ ctx: admin, input: { ...ref(), message: "Call us first." } });
    expect(await mine()).toMatchObject({
      plan: { slug: "free" },
      request: { status: "declined", message: "Call us first." },
    });
    await change("max");
    await approveAccess({ ctx: admin, input: ref() });
    expect(await mine()).toMatchObject({ plan: { slug: "max" }, request: null });
    await expect(approveAccess({ ctx: admin, input: ref() })).rejects.toMatchObject({ code: "conflict" });
  });

  test("by two owners at once leaves one period in effect", async () => {
    await Promise.all([change("pro"), change("pro", "period-end"), change("free"), change("pro")]);
    const now = clock.now();
    const running = (await periods()).filter(([from, to]) => Number(from) <= now && (to == null || to > now));
    expect(running).toHaveLength(1);
  });

  test("is limited, so that history stays small", async () => {
    for (let n = 1; n < MAX_CHANGES; n++) {
      clock.advance(1_000);
      await change(n % 2 ? "pro" : "free");
    }
    await expect(change(MAX_CHANGES % 2 ? "pro" : "free")).rejects.toMatchObject({
      problem: "LIMIT_REACHED",
    });
    clock.advance(30 * DAY_MS);
    await change(MAX_CHANGES % 2 ? "pro" : "free");
  });

  test("ends if a portal that knows no plans disabled the API, and a request for access stays", async () => {
    const disabled = async (work: (tx: Tx) => Promise<unknown>) => {
      await db.write(work);
      return endDisabledSubscriptions({ db, now: clock.now });
    };
    expect(await disabled(async () => {})).toBe(0);
    await change("pro", "period-end");
    await change("max", "period-end");
    expect(await mine()).toMatchObject({ request: { plan: { slug: "max" } } });
    expect(await disabled(({ q, t }) => q.delete(t.projectApis))).toBe(1);
    expect(await mine()).toMatchObject({ plan: null, request: null });
    expect(await periods()).toEqual([[clock.now() - 1_000, clock.now()]]);
    await enable("max");
    expect(await disabled(async () => {})).toBe(0);
    expect(await mine()).toMatchObject({ plan: null, request: { plan: { slug: "max" } } });
  });

  test("needs an enabled API", async () => {
    await disableApi({ ctx: owner, input: ref() });
    await expect(change("pro")).rejects.toMatchObject({ code: "conflict" });
    expect(await listSubscriptions({ ctx: owner, input: { projectId } })).toEqual({ items: [] });
  });
});

test("the answer to a change that takes effect now has the new plan, however long the change takes", async () => {
  await create("free");
  await create("pro");
  await enable("free");
  const now = () => {
    clock.advance(1);
    return clock.now();
  };
  const answer = await change("pro", "now", { ...owner, now });
  expect(answer).toMatchObject({ plan: { slug: "pro" }, next: null });
});

describe("the trial of a plan", () => {
  test("starts with the first subscription only", async () => {
    await create("pro", { trialDays: 14 });
    await create("free");
    await enable("pro");
    const { trialEndsAt } = await mine();
    expect(Date.parse(trialEndsAt ?? "")).toBe(clock.now() + 14 * DAY_MS);
    clock.advance(1_000);
    await change("free");
    clock.advance(1_000);
    expect(await change("pro")).toMatchObject({ plan: { slug: "pro" }, trialEndsAt: null });
  });
});
