import { and, desc, eq, gt, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { isOverridden, overrideOf } from "#core/plans/terms.ts";
import { iso, isoOrNull } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { type ApiRow, mustFindApi } from "../catalog/apis/find.ts";
import { mustFindVisibleApi } from "../catalog/apis/visibility.ts";
import { type Actor, isAdmin, requireAdmin, type Verb } from "../context.ts";
import { pageOf, readCursor } from "../lists.ts";
import { loadPlans, mustFindPlan, presentPlan, presentPlans, termsOf } from "./find.ts";
import type {
  ListPlansInput,
  ListPlanVersionsInput,
  Plan,
  PlanList,
  PlanRef,
  PlanSubscriberPage,
  PlanVersionPage,
} from "./schema.ts";

/**
 * The plans of an API, in the order in which they were created: all for administrators, otherwise those that anyone
 * can choose and those that a project of the caller is on.
 */
export async function listPlans({ ctx, input }: Verb<ListPlansInput>): Promise<PlanList> {
  const api = await mustFindVisibleApi(ctx.db.read, ctx, input.api);
  const { plans } = ctx.db.read.t;
  const condition = and(eq(plans.apiId, api.id), plansFor(ctx.db.read, ctx.actor, ctx.now()));
  return { items: await presentPlans(ctx.db.read, await loadPlans(ctx.db.read, condition, ctx.now())) };
}

/** A plan. Throws `not-found` if the caller may not see it. */
export async function getPlan({ ctx, input }: Verb<PlanRef>): Promise<Plan> {
  const scope = ctx.db.read;
  const api = await mustFindVisibleApi(scope, ctx, input.api);
  const ref = { apiId: api.id, slug: input.slug };
  const found = await mustFindPlan(scope, ref, ctx.now(), plansFor(scope, ctx.actor, ctx.now()));
  return presentPlan(scope, found);
}

/** The condition on `plans` for those that the actor may see; undefined for all. */
export function plansFor(scope: Scope, actor: Actor, nowMs: number): SQL | undefined {
  if (actor.kind === "system" || isAdmin(actor)) return undefined;
  const { q, t } = scope;
  const { memberships, plans, subscriptions } = t;
  const isOpen = and(eq(plans.visibility, "public"), isNull(plans.archivedAt));
  const projects =
    actor.kind === "project"
      ? [actor.projectId]
      : q
          .select({ id: memberships.projectId })
          .from(memberships)
          .where(eq(memberships.userId, actor.kind === "user" ? actor.userId : ""));
  const held = q
    .select({ id: subscriptions.planId })
    .from(subscriptions)
    .where(
      and(
        or(isNull(subscriptions.endsAt), gt(subscriptions.endsAt, nowMs)),
        inArray(subscriptions.projectId, projects),
      ),
    );
  return or(isOpen, inArray(plans.id, held));
}

/** The versions of a plan, newest first. Administrators only. */
export async function listPlanVersions({
  ctx,
  input,
}: Verb<ListPlanVersionsInput>): Promise<PlanVersionPage> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { planVersions, users } = t;
  const { plan } = await findForAdmin(ctx.db.read, input, ctx.now());
  const after = readCursor(input.cursor, ["number"]);
  const rows = await q
    .select({
      version: planVersions.version,
      appliesAt: planVersions.appliesAt,
      isReplaced: isReplaced(planVersions),
      createdAt: planVersions.createdAt,
      createdBy: planVersions.createdBy,
      name: users.name,
      terms: planVersions.terms,
    })
    .from(planVersions)
    .leftJoin(users, eq(users.id, planVersions.createdBy))
    .where(and(eq(planVersions.planId, plan.id), after ? lt(planVersions.version, after[0]) : undefined))
    .orderBy(desc(planVersions.version))
    .limit(input.limit + 1);
  return pageOf(
    rows,
    input.limit,
    ({ version }) => [version],
    ({ version, appliesAt, isReplaced, createdAt, createdBy, name, terms }) => ({
      version,
      appliesAt: isReplaced ? null : iso(appliesAt),
      createdAt: iso(createdAt),
      createdBy: { id: createdBy, name: name ?? "" },
      terms: termsOf(terms),
    }),
    ctx.settings.bounds.responseBytes,
  );
}

/** Whether a version never takes effect, because a later one applies as early. */
function isReplaced(v: Tables["planVersions"]): SQL<boolean> {
  return sql`exists (select 1 from ${v} newer where newer.plan_id = ${v.planId} and newer.version > ${v.version} and newer.applies_at <= ${v.appliesAt})`.mapWith(
    Boolean,
  );
}

/** The projects that are on a plan now or will be, by their ids. Administrators only. */
export async function listPlanSubscribers({
  ctx,
  input,
}: Verb<ListPlanVersionsInput>): Promise<PlanSubscriberPage> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { planOverrides, projects, subscriptions } = t;
  const now = ctx.now();
  const { plan } = await findForAdmin(ctx.db.read, input, now);
  const after = readCursor(input.cursor, ["text"]);
  const rows = await q
    .select({
      id: subscriptions.id,
      project: { id: projects.id, name: projects.name },
      startsAt: subscriptions.startsAt,
      endsAt: subscriptions.endsAt,
      trialEndsAt: subscriptions.trialEndsAt,
      override: {
        terms: planOverrides.terms,
        endsAt: planOverrides.endsAt,
        changedAt: planOverrides.updatedAt,
      },
    })
    .from(subscriptions)
    .innerJoin(projects, eq(projects.id, subscriptions.projectId))
    .leftJoin(
      planOverrides,
      and(
        eq(planOverrides.projectId, subscriptions.projectId),
        eq(planOverrides.planId, subscriptions.planId),
      ),
    )
    .where(
      and(
        eq(subscriptions.planId, plan.id),
        or(isNull(subscriptions.endsAt), gt(subscriptions.endsAt, now)),
        isNull(projects.deletedAt),
        after ? gt(subscriptions.id, after[0]) : undefined,
      ),
    )
    .orderBy(subscriptions.id)
    .limit(input.limit + 1);
  return pageOf(
    rows,
    input.limit,
    ({ id }) => [id],
    ({ project, startsAt, endsAt, trialEndsAt, override }) => ({
      project,
      overridden: isOverridden(overrideOf(override, { startsAt, endsAt }), now),
      startsAt: iso(startsAt),
      endsAt: isoOrNull(endsAt),
      trialEndsAt: isoOrNull(trialEndsAt),
    }),
  );
}

async function findForAdmin(scope: Scope, ref: PlanRef, nowMs: number) {
  const api: ApiRow = await mustFindApi(scope, ref.api);
  return mustFindPlan(scope, { apiId: api.id, slug: ref.slug }, nowMs);
}
