import { and, asc, eq, gt, inArray, isNull, or } from "drizzle-orm";
import { isOverridden, overrideOf, withOverride } from "#core/plans/terms.ts";
import { patternsOf, unmatchedPatterns } from "#core/plans/unmatched-patterns.ts";
import { iso, isoOrNull } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { requireProjectRole } from "../access/project-access.ts";
import { mustFindProjectApi } from "../catalog/apis/visibility.ts";
import type { Verb } from "../context.ts";
import { type LoadedPlan, loadPlans, operationNames, termsOf } from "./find.ts";
import type { ListSubscriptionsInput, Subscription, SubscriptionRef } from "./schema.ts";
import type { SubscriptionRow } from "./subscriptions.ts";

type ApiName = { id: string; slug: string; name: string };
type OverrideRow = Tables["planOverrides"]["$inferSelect"];
type RequestRow = Tables["planRequests"]["$inferSelect"];

/** The plans of a project for the APIs that it enabled or asked for, by slug of the API; only those with a plan. */
export async function listSubscriptions({
  ctx,
  input: { projectId },
}: Verb<ListSubscriptionsInput>): Promise<{ items: Subscription[] }> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, projectId, "viewer");
  const { apis, projectApis } = scope.t;
  const enabled = await scope.q
    .select({ id: apis.id, slug: apis.slug, name: apis.name })
    .from(projectApis)
    .innerJoin(apis, eq(apis.id, projectApis.apiId))
    .where(eq(projectApis.projectId, projectId))
    .orderBy(asc(apis.slug));
  const all = await readSubscriptions(scope, projectId, enabled, ctx.now());
  return { items: all.filter(({ plan, request, next }) => plan ?? request ?? next) };
}

/** The plan of a project for an API; `plan` is null without one. */
export async function getSubscription({ ctx, input }: Verb<SubscriptionRef>): Promise<Subscription> {
  const { projectId, slug } = input;
  await requireProjectRole(ctx.db.read, ctx, projectId, "viewer");
  const api = await mustFindProjectApi(ctx.db.read, ctx, projectId, slug);
  return readSubscription(ctx.db.read, projectId, api, ctx.now());
}

/** The plan of a project for an API as this transaction sees it. */
export async function readSubscription(
  scope: Scope,
  projectId: string,
  api: ApiName,
  nowMs: number,
): Promise<Subscription> {
  const [found] = await readSubscriptions(scope, projectId, [api], nowMs);
  if (!found) throw new Error("one subscription for each API");
  return found;
}

/** One for each of the APIs, in their order. */
async function readSubscriptions(
  scope: Scope,
  projectId: string,
  apis: readonly ApiName[],
  nowMs: number,
): Promise<Subscription[]> {
  if (apis.length === 0) return [];
  const { q, t } = scope;
  const { planOverrides, planRequests, plans, subscriptions: s } = t;
  const isLasting = or(isNull(s.endsAt), gt(s.endsAt, nowMs));
  const rows = await q
    .select()
    .from(s)
    .where(and(eq(s.projectId, projectId), isLasting));
  const requests = await q.select().from(planRequests).where(eq(planRequests.projectId, projectId));
  const planIds = [...new Set([...rows, ...requests].map(({ planId }) => planId))];
  const loaded = await loadPlans(scope, inArray(plans.id, planIds), nowMs);
  const overrides = await q.select().from(planOverrides).where(eq(planOverrides.projectId, projectId));
  const withPatterns = new Set(
    overrides.filter(({ terms }) => patternsOf([terms]).length > 0).map(({ planId }) => planId),
  );
  const context: Context = {
    plans: new Map(loaded.map((one) => [one.plan.id, one])),
    overrides: new Map(overrides.map((one) => [one.planId, one])),
    operations: await operationNames(
      scope,
      loaded.flatMap(({ plan }) => (withPatterns.has(plan.id) ? [plan.apiId] : [])),
    ),
    nowMs,
  };
  return apis.map((api) => {
    const ofApi = rows.filter(({ apiId }) => apiId === api.id);
    return present(projectId, api, context, {
      current: ofApi.find(({ startsAt }) => startsAt <= nowMs),
      next: ofApi.find(({ startsAt }) => startsAt > nowMs),
      request: requests.find(({ apiId }) => apiId === api.id),
    });
  });
}

interface Parts {
  current: SubscriptionRow | undefined;
  next: SubscriptionRow | undefined;
  request: RequestRow | undefined;
}

interface Context {
  /** By their ids. */
  plans: Map<string, LoadedPlan>;
  /** By the id of the plan. */
  overrides: Map<string, OverrideRow>;
  /** The names of operations, by the id of the API; only where an override has patterns. */
  operations: Map<string, string[]>;
  nowMs: number;
}

function present(
  projectId: string,
  { id, slug, name }: ApiName,
  { plans, overrides, operations, nowMs }: Context,
  { current, next, request }: Parts,
): Subscription {
  const on = current && plans.get(current.planId);
  const row = on && overrides.get(on.plan.id);
  const override = row && current ? overrideOf({ ...row, changedAt: row.updatedAt }, current) : null;
  return {
    projectId,
    api: { slug, name },
    plan: on ? nameOf(on) : null,
    version: on?.current.version ?? null,
    terms: on ? termsOf(withOverride(on.current.terms, override, nowMs)) : null,
    startsAt: isoOrNull(current?.startsAt ?? null),
    trialEndsAt: isoOrNull(current?.trialEndsAt ?? null),
    override: isOverridden(override, nowMs)
      ? {
          terms: override.terms,
          reason: override.reason,
          endsAt: isoOrNull(override.endsAt),
          updatedAt: iso(override.changedAt),
          unmatchedPatterns: unmatchedPatterns([override.terms], operations.get(id) ?? []),
        }
      : null,
    next: next ? { plan: nameOf(plans.get(next.planId)), startsAt: iso(next.startsAt) } : null,
    request: request
      ? {
          plan: nameOf(plans.get(request.planId)),
          takesEffect: request.takesEffect,
          status: request.status,
          requestedAt: iso(request.requestedAt),
          message: request.message,
        }
      : null,
  };
}

function nameOf(loaded: LoadedPlan | undefined): { slug: string; name: string } {
  return { slug: loaded?.plan.slug ?? "", name: loaded?.plan.name ?? "" };
}
