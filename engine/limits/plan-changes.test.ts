import { expect, test } from "vitest";
import { changePlan } from "#domain/plans/change.ts";
import { createPlan } from "#domain/plans/create.ts";
import { setPlanOverride } from "#domain/plans/override.ts";
import { changePlanSchema, createPlanSchema, updatePlanSchema } from "#domain/plans/schema.ts";
import { updatePlan } from "#domain/plans/update.ts";
import { caughtUp, check, codes, count, monthly, plan, setUpPlanChecks, site } from "#test/plan-checks.ts";

setUpPlanChecks();

const VALID = "VALID";

test("a project continues at once on a larger plan, and gets no new quota when it moves back", async () => {
  await plan({ limits: [monthly("calls", 2)] });
  const input = { api: "badges", slug: "pro", name: "Pro", limits: [monthly("requests", 5)] };
  await createPlan({ ctx: site.ctx, input: createPlanSchema.parse(input) });
  const change = async (to: string, takesEffect = "now") => {
    await changePlan({
      ctx: site.ctx,
      input: changePlanSchema.parse({ projectId: site.projectId, slug: "badges", plan: to, takesEffect }),
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
  site.clock.set(Date.UTC(2026, 11, 1) - 1);
  expect(await codes(1)).toEqual(["QUOTA_EXCEEDED"]);
  site.clock.advance(1);
  expect(await check()).toMatchObject({ code: VALID, quota: { limit: 5, remaining: 4 } });
});

test("units used under other terms count once the quota applies again, after a change of plan and an override", async () => {
  await plan({ includedUnits: 3 });
  const input = { api: "badges", slug: "pro", name: "Pro", includedUnits: 3, overage: "allow" };
  await createPlan({ ctx: site.ctx, input: createPlanSchema.parse(input) });
  const change = async (to: string) => {
    await changePlan({
      ctx: site.ctx,
      input: changePlanSchema.parse({ projectId: site.projectId, slug: "badges", plan: to }),
    });
    await caughtUp();
  };
  expect(await codes(2)).toEqual([VALID, VALID]);
  await change("pro");
  expect(await codes(2)).toEqual([VALID, VALID]);
  await count();
  await change("free");
  expect(await codes(1)).toEqual(["QUOTA_EXCEEDED"]);

  const override = (terms: object, endsAt: number | null = null) =>
    setPlanOverride({
      ctx: site.ctx,
      input: { projectId: site.projectId, slug: "badges", terms, reason: "", endsAt },
    });
  await override({ includedUnits: 5 });
  await caughtUp();
  expect(await codes(2)).toEqual([VALID, "QUOTA_EXCEEDED"]);
  // Until it ends, without any further change.
  const endsAt = site.clock.now() + 60_000;
  await override({ includedUnits: 7, overage: "allow" }, endsAt);
  await caughtUp();
  expect(await codes(2)).toEqual([VALID, VALID]);
  await count();
  site.clock.set(endsAt - 1);
  expect(await codes(1)).toEqual([VALID]);
  site.clock.set(endsAt);
  expect(await codes(1)).toEqual(["QUOTA_EXCEEDED"]);
});

test("an override ends at verifiers with the subscription, and does not return with the next one", async () => {
  await plan({ limits: [monthly("calls", 4)] });
  const input = { api: "badges", slug: "pro", name: "Pro", limits: [monthly("calls", 3)] };
  await createPlan({ ctx: site.ctx, input: createPlanSchema.parse(input) });
  const ref = { projectId: site.projectId, slug: "badges" };
  const limits = createPlanSchema.shape.limits.parse([monthly("calls", 9)]);
  await setPlanOverride({ ctx: site.ctx, input: { ...ref, terms: { limits }, reason: "", endsAt: null } });
  await caughtUp();
  expect(await check()).toMatchObject({ quota: { limit: 9 } });
  for (const [to, limit] of [
    ["pro", 3],
    ["free", 4],
  ] as const) {
    site.clock.advance(1_000);
    await changePlan({ ctx: site.ctx, input: changePlanSchema.parse({ ...ref, plan: to }) });
    await caughtUp();
    expect(await check()).toMatchObject({ quota: { limit } });
  }
});

test("a new version and an override apply to verifiers that have the facts in memory", async () => {
  await plan({ limits: [monthly("calls", 2)] });
  expect(await codes(3)).toEqual([VALID, VALID, "QUOTA_EXCEEDED"]);
  const version = { api: "badges", slug: "free", limits: [monthly("calls", 3)] };
  await updatePlan({ ctx: site.ctx, input: updatePlanSchema.parse(version) });
  await caughtUp();
  expect(await codes(2)).toEqual([VALID, "QUOTA_EXCEEDED"]);
  const limits = createPlanSchema.shape.limits.parse([monthly("calls", 4)]);
  await setPlanOverride({
    ctx: site.ctx,
    input: { projectId: site.projectId, slug: "badges", terms: { limits }, reason: "", endsAt: null },
  });
  await caughtUp();
  expect(await codes(2)).toEqual([VALID, "QUOTA_EXCEEDED"]);
});
