import { newId } from "#core/ids.ts";
import type { PlanTerms } from "#core/plans/terms.ts";
import type { Db } from "#db/open.ts";
import { START } from "./people.ts";
import { NO_TERMS } from "./plan-terms.ts";

/** Creates a plan of the API (by id), in effect since the beginning of time, and returns its id. */
export async function makePlan(
  db: Db,
  apiId: string,
  { slug = "free", terms = {} as Partial<PlanTerms> } = {},
): Promise<string> {
  const planId = newId("plan");
  await db.write(async ({ q, t }) => {
    const apis = await q.select({ id: t.apis.id, slug: t.apis.slug }).from(t.apis);
    const api = apis.find(({ id }) => id === apiId);
    await q.insert(t.plans).values({
      id: planId,
      apiId,
      api: api?.slug ?? "",
      slug,
      name: slug,
      description: "",
      visibility: "public",
      approval: false,
      createdAt: START,
      createdBy: "",
      updatedAt: START,
    });
    await q.insert(t.planVersions).values({
      planId,
      version: 1,
      terms: { ...NO_TERMS, ...terms },
      appliesAt: 0,
      createdAt: START,
      createdBy: "",
    });
  });
  return planId;
}

/** Puts the project on a plan of the API. */
export async function subscribeTo(db: Db, projectId: string, planId: string): Promise<void> {
  await db.write(async ({ q, t }) => {
    const plans = await q.select().from(t.plans);
    const apiId = plans.find(({ id }) => id === planId)?.apiId ?? "";
    await q.insert(t.subscriptions).values({
      id: newId("subscription"),
      projectId,
      apiId,
      planId,
      startsAt: 0,
      createdAt: START,
      createdBy: "",
    });
  });
}
