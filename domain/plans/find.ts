import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { type PlanTerms, versionAt } from "#core/plans/terms.ts";
import { patternsOf, unmatchedPatterns } from "#core/plans/unmatched-patterns.ts";
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

/** Plans as responses have them: with their current terms, and the next ones if there are some. */
export async function presentPlans(scope: Scope, loaded: readonly LoadedPlan[]): Promise<Plan[]> {
  const termsOfPlan = ({ current, next }: LoadedPlan) =>
    next ? [current.terms, next.terms] : [current.terms];
  const withPatterns = loaded.filter((one) => patternsOf(termsOfPlan(one)).length > 0);
  const operations = await operationNames(
    scope,
    withPatterns.map(({ plan }) => plan.apiId),
  );
  return loaded.map((one) =>
    present(one, unmatchedPatterns(termsOfPlan(one), operations.get(one.plan.apiId) ?? [])),
  );
}

/** One plan as responses have it. */
export async function presentPlan(scope: Scope, loaded: LoadedPlan): Promise<Plan> {
  const [plan] = await presentPlans(scope, [loaded]);
  if (!plan) throw new Error("a presentation for each plan");
  return plan;
}

/** The names of the operations of APIs, by the id of the API. */
export async function operationNames(
  { q, t: { operations } }: Scope,
  apiIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (apiIds.length === 0) return new Map();
  const rows = await q
    .select({ apiId: operations.apiId, name: operations.name })
    .from(operations)
    .where(inArray(operations.apiId, [...new Set(apiIds)]));
  const byApi = Map.groupBy(rows, ({ apiId }) => apiId);
  return new Map([...byApi].map(([apiId, ofApi]) => [apiId, ofApi.map(({ name }) => name)]));
}

function present({ plan, current, next }: LoadedPlan, unmatched: string[]): Plan {
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
    unmatchedPatterns: unmatched,
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
