import { and, count, eq, gt, isNull, lte, or } from "drizzle-orm";
import { mustFindApi } from "../catalog/apis/find.ts";
import { requireAdmin, type Verb } from "../context.ts";
import type { ListPlansInput } from "./schema.ts";

/** How many projects are on each plan of an API now, by slug of the plan. Administrators only. */
export async function countPlanSubscribers({
  ctx,
  input,
}: Verb<ListPlansInput>): Promise<Record<string, number>> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { plans, projects, subscriptions } = t;
  const api = await mustFindApi(ctx.db.read, input.api);
  const now = ctx.now();
  const rows = await q
    .select({ slug: plans.slug, projects: count() })
    .from(plans)
    .innerJoin(subscriptions, eq(subscriptions.planId, plans.id))
    .innerJoin(projects, eq(projects.id, subscriptions.projectId))
    .where(
      and(
        eq(plans.apiId, api.id),
        lte(subscriptions.startsAt, now),
        or(isNull(subscriptions.endsAt), gt(subscriptions.endsAt, now)),
        isNull(projects.deletedAt),
      ),
    )
    .groupBy(plans.slug);
  return Object.fromEntries(rows.map((row) => [row.slug, row.projects]));
}
