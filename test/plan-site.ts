import type { Db } from "#db/open.ts";
import { enableApi } from "#domain/catalog/enablement/enable.ts";
import type { Ctx } from "#domain/context.ts";
import { changePlan } from "#domain/plans/change.ts";
import { createPlan } from "#domain/plans/create.ts";
import { changePlanSchema, createPlanSchema, updatePlanSchema } from "#domain/plans/schema.ts";
import { updatePlan } from "#domain/plans/update.ts";
import { openTestDb } from "./db.ts";
import {
  type Clock,
  ctxOf,
  makeAdmin,
  makeApi,
  makeClock,
  makeMember,
  makeProject,
  makeUser,
} from "./people.ts";

/** The clock of a `PlanSite` starts on 23 November 2026. */
export const DECEMBER = "2026-12-01T00:00:00.000Z";

/** The API `badges` without plans, and a project that has not enabled it. */
export interface PlanSite {
  db: Db;
  clock: Clock;
  owner: Ctx;
  developer: Ctx;
  admin: Ctx;
  projectId: string;
}

export async function planSite(): Promise<PlanSite> {
  const db = await openTestDb();
  const clock = makeClock();
  const user = await makeUser(db);
  const projectId = await makeProject(db, user);
  await makeApi(db, "badges");
  return {
    db,
    clock,
    owner: ctxOf(db, user, { clock }),
    developer: ctxOf(db, await makeMember(db, projectId, "developer"), { clock }),
    admin: ctxOf(db, await makeAdmin(db), { clock }),
    projectId,
  };
}

/** The verbs of plans, called for the API `badges`. */
export function planHelpers(site: () => PlanSite) {
  const ref = () => ({ projectId: site().projectId, slug: "badges" });
  return {
    ref,
    create(slug: string, more: Record<string, unknown> = {}) {
      // Plans are listed in the order in which they were created.
      site().clock.advance(1);
      const input = createPlanSchema.parse({ api: "badges", slug, name: slug, ...more });
      return createPlan({ ctx: site().admin, input });
    },
    update: (slug: string, more: Record<string, unknown>) =>
      updatePlan({ ctx: site().admin, input: updatePlanSchema.parse({ api: "badges", slug, ...more }) }),
    enable: (plan?: string, ctx = site().owner) => enableApi({ ctx, input: { ...ref(), plan } }),
    change: (plan: string, takesEffect: "now" | "period-end" = "now", ctx = site().owner) =>
      changePlan({ ctx, input: changePlanSchema.parse({ ...ref(), plan, takesEffect }) }),
  };
}
