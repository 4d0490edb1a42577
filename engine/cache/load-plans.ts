import { and, eq, gte, sql } from "drizzle-orm";
import type { ProjectFacts } from "#core/facts.ts";
import type { Limit } from "#core/limits/types.ts";
import { chargeTableAt, planAt } from "#core/plans/charge.ts";
import type { PlanFacts, PlanPeriod } from "#core/plans/periods.ts";
import { overrideOf, type PlanTerms } from "#core/plans/terms.ts";
import { HOUR_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";

/** What ended this long ago is loaded too: the clock of the process that ended it may be ahead. */
export const CLOCK_TOLERANCE_MS = HOUR_MS;

/** The plans of an API by id. */
export type ApiPlans = ReadonlyMap<string, PlanFacts>;

/** The plans of APIs, by slug of the API, with the versions in effect at `nowMs` and later ones. */
export async function loadApiPlans(
  { read }: Db,
  slugs: string[],
  nowMs: number,
): Promise<Map<string, ApiPlans>> {
  const { apis, plans, planVersions: v } = read.t;
  const begun = sql`(select coalesce(max(begun.version), 1) from ${v} begun where begun.plan_id = ${v.planId} and begun.applies_at <= ${nowMs - CLOCK_TOLERANCE_MS})`;
  const rows = await read.q
    .select({
      api: apis.slug,
      id: plans.id,
      slug: plans.slug,
      version: v.version,
      appliesAt: v.appliesAt,
      terms: v.terms,
    })
    .from(apis)
    .innerJoin(plans, eq(plans.apiId, apis.id))
    .innerJoin(v, eq(v.planId, plans.id))
    .where(and(oneOf(read, apis.slug, slugs), gte(v.version, begun)));
  const found = new Map<string, ApiPlans>();
  for (const [api, ofApi] of Map.groupBy(rows, ({ api }) => api)) {
    const byId = Map.groupBy(ofApi, ({ id }) => id);
    found.set(
      api,
      new Map([...byId].map(([id, versions]) => [id, { slug: versions[0]?.slug ?? "", versions }])),
    );
  }
  return found;
}

/** A period with the override of its plan as columns, which are null without one. */
interface PeriodRow {
  planId: string | null;
  startsAt: number | null;
  endsAt: number | null;
  overrideTerms: Partial<PlanTerms> | null;
  overrideEndsAt: number | null;
  overrideChangedAt: number | null;
}

/** The plans of a project by slug of the API, from rows with an API and a plan each; null if there are none. */
export function periodsOf(
  rows: readonly { slug: string | null; plan: PeriodRow | null }[],
): ProjectFacts["plans"] {
  const plans = new Map<string, PlanPeriod[]>();
  for (const { slug, plan } of rows) {
    if (slug === null || plan === null || plan.planId === null || plan.startsAt === null) continue;
    const { planId, startsAt, endsAt, overrideTerms: terms, overrideEndsAt, overrideChangedAt } = plan;
    const ofPlan =
      terms === null ? null : { terms, endsAt: overrideEndsAt, changedAt: overrideChangedAt ?? 0 };
    const override = overrideOf(ofPlan, { startsAt, endsAt });
    plans.set(slug, [...(plans.get(slug) ?? []), { planId, startsAt, endsAt, override }]);
  }
  return plans.size > 0 ? plans : null;
}

/** All limits of a project's plans at `nowMs`. `apis`: the plans of their APIs. */
export function planLimitsOf(
  project: ProjectFacts,
  apis: ReadonlyMap<string, ApiPlans>,
  nowMs: number,
): readonly Limit[] {
  return [...(project.plans?.keys() ?? [])].flatMap((api) => {
    const period = planAt(project, api, nowMs);
    const plan = period && apis.get(api)?.get(period.planId);
    return plan ? (chargeTableAt({ projectId: project.id, api }, period, plan, nowMs)?.limits ?? []) : [];
  });
}
