import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { type PlanTerms, versionAt } from "#core/plans/terms.ts";
import { iso, isoOrNull } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { notFound } from "../errors.ts";
import type { Plan } from "./schema.ts";

export type PlanRow = Tables["plans"]["$inferSelect"];
export type VersionRow = Pick<Tables["planVersions"]["$inferSelect"], "version" | "terms" | "appliesAt">;

/** A plan with the version in effect and the next one. */
export interface LoadedPlan {
  plan: PlanRow;
  current: VersionRow;
  /** Takes effect later; null if nothing changes. */
  next: VersionRow | null;
}

/** The plans that meet the condition, by creation, with their versions at `nowMs`. */
export async function loadPlans(
  scope: Scope,
  condition: SQL | undefined,
  nowMs: number,
): Promise<LoadedPlan[]> {
  const { q, t } = scope;
  const { plans } = t;
  const rows = await q.select().from(plans).where(condition).orderBy(asc(plans.createdAt), asc(plans.id));
  const versions = await versionsOf(
    scope,
    rows.map(({ id }) => id),
    nowMs,
  );
  return rows.flatMap((plan) => {
    const ofPlan = versions.get(plan.id) ?? [];
    const current = versionAt(ofPlan, nowMs);
    if (current === null) return [];
    const next = ofPlan
      .filter(({ version }) => version > current.version)
      .sort((a, b) => b.version - a.version);
    return [{ plan, current, next: next[0] ?? null }];
  });
}

/** By plan: the version in effect at `nowMs`, and all later ones. */
async function versionsOf(
  { q, t }: Scope,
  planIds: string[],
  nowMs: number,
): Promise<Map<string, VersionRow[]>> {
  if (planIds.length === 0) return new Map();
  const { planVersions: v } = t;
  const rows = await q
    .select({ planId: v.planId, version: v.version, terms: v.terms, appliesAt: v.appliesAt })
    .from(v)
    .where(
      and(
        inArray(v.planId, planIds),
        sql`${v.version} >= (select coalesce(max(begun.version), 1) from ${v} begun where begun.plan_id = ${v.planId} and begun.applies_at <= ${nowMs})`,
      ),
    );
  return Map.groupBy(rows, ({ planId }) => planId);
}

/** The plan of the API with this slug. Throws `not-found`. */
export async function mustFindPlan(
  scope: Scope,
  { apiId, slug }: { apiId: string; slug: string },
  nowMs: number,
  condition?: SQL,
): Promise<LoadedPlan> {
  const { plans } = scope.t;
  const [found] = await loadPlans(scope, and(eq(plans.apiId, apiId), eq(plans.slug, slug), condition), nowMs);
  if (!found) throw notFound("plan");
  return found;
}

/** A plan as responses have it: with its current terms, and the next ones if there are some. */
export function presentPlan({ plan, current, next }: LoadedPlan): Plan {
  const { api, slug, name, description, visibility, approval } = plan;
  return {
    api,
    slug,
    name,
    description,
    visibility,
    approval,
    ...termsOf(current.terms),
    version: current.version,
    next: next && { version: next.version, appliesAt: iso(next.appliesAt), terms: termsOf(next.terms) },
    createdAt: iso(plan.createdAt),
    updatedAt: iso(plan.updatedAt),
    archivedAt: isoOrNull(plan.archivedAt),
  };
}

/** Exactly the fields of terms, in the order of the documentation. */
export function termsOf({
  limits,
  unitsPerOperation,
  includedUnits,
  overage,
  trialDays,
  price,
}: PlanTerms): PlanTerms {
  return { limits, unitsPerOperation, includedUnits, overage, trialDays, price };
}
