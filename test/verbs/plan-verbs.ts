import type { Ctx } from "#domain/context.ts";
import { cancelPlanChange, changePlan } from "#domain/plans/change.ts";
import { createPlan } from "#domain/plans/create.ts";
import { deletePlan } from "#domain/plans/delete.ts";
import { getPlan, listPlanSubscribers, listPlans, listPlanVersions } from "#domain/plans/list.ts";
import { removePlanOverride, setPlanOverride } from "#domain/plans/override.ts";
import { getSubscription, listSubscriptions } from "#domain/plans/read-subscription.ts";
import { changePlanSchema, createPlanSchema, updatePlanSchema } from "#domain/plans/schema.ts";
import { countPlanSubscribers } from "#domain/plans/subscribers.ts";
import { updatePlan } from "#domain/plans/update.ts";
import { forAdmins, row, type VerbRow } from "./verb-row.ts";

const limit = 50;
/** A plan of the fixture that the project is on. */
const free = { api: "badges", slug: "free" };

const setOverride = (ctx: Ctx, projectId: string) =>
  setPlanOverride({
    ctx,
    input: { projectId, slug: "badges", terms: { includedUnits: 5 }, reason: "agreed", endsAt: null },
  });
const toPro = (ctx: Ctx, projectId: string, takesEffect: "now" | "period-end") =>
  changePlan({ ctx, input: changePlanSchema.parse({ projectId, slug: "badges", plan: "pro", takesEffect }) });

/** The verbs of administrators who keep the plans of APIs. */
export const PLAN_VERBS: VerbRow[] = [
  forAdmins(
    "createPlan",
    (ctx) =>
      createPlan({ ctx, input: createPlanSchema.parse({ api: "badges", slug: "team", name: "Team" }) }),
    { audit: "plan.created", changes: ["api"], projectId: null },
  ),
  forAdmins(
    "updatePlan",
    (ctx) => updatePlan({ ctx, input: updatePlanSchema.parse({ ...free, includedUnits: 7 }) }),
    { audit: "plan.updated", changes: ["api"], projectId: null },
  ),
  forAdmins("deletePlan", (ctx) => deletePlan({ ctx, input: { ...free, slug: "pro" } }), {
    audit: "plan.deleted",
    changes: ["api"],
    projectId: null,
  }),
  forAdmins("listPlanVersions", (ctx) => listPlanVersions({ ctx, input: { ...free, limit } })),
  forAdmins("countPlanSubscribers", (ctx) => countPlanSubscribers({ ctx, input: { api: "badges" } })),
  forAdmins("listPlanSubscribers", (ctx) => listPlanSubscribers({ ctx, input: { ...free, limit } })),
  forAdmins("setPlanOverride", (ctx, { projectId }) => setOverride(ctx, projectId), {
    audit: "subscription.overridden",
    changes: ["project"],
  }),
  {
    ...forAdmins(
      "removePlanOverride",
      (ctx, { projectId }) => removePlanOverride({ ctx, input: { projectId, slug: "badges" } }),
      { audit: "subscription.override-removed", changes: ["project"] },
    ),
    prepare: (ctx, { projectId }) => setOverride(ctx, projectId),
  },
  {
    name: "listPlans",
    by: "viewer",
    stranger: "own",
    run: (ctx) => listPlans({ ctx, input: { api: "badges" } }),
  },
  { name: "getPlan", by: "viewer", stranger: "own", run: (ctx) => getPlan({ ctx, input: free }) },
];

/** The verbs of a project's plans. */
export const SUBSCRIPTION_VERBS: VerbRow[] = [
  row("viewer", "listSubscriptions", (ctx, { projectId }) =>
    listSubscriptions({ ctx, input: { projectId } }),
  ),
  row("viewer", "getSubscription", (ctx, { projectId }) =>
    getSubscription({ ctx, input: { projectId, slug: "badges" } }),
  ),
  row("owner", "changePlan", (ctx, { projectId }) => toPro(ctx, projectId, "now"), {
    audit: "subscription.changed",
    changes: ["project"],
  }),
  {
    ...row(
      "owner",
      "cancelPlanChange",
      (ctx, { projectId }) => cancelPlanChange({ ctx, input: { projectId, slug: "badges" } }),
      { audit: "subscription.change-canceled", changes: ["project"] },
    ),
    prepare: (ctx, { projectId }) => toPro(ctx, projectId, "period-end"),
  },
];
