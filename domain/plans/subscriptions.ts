import { and, desc, eq, gt, gte, isNotNull, isNull, lte, or } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { effectiveAt, type TakesEffect } from "#core/plans/terms.ts";
import { DAY_MS } from "#core/time.ts";
import { recordChange } from "#db/changes.ts";
import type { Scope, Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { actorId } from "./create.ts";
import type { LoadedPlan } from "./find.ts";

export type SubscriptionRow = Tables["subscriptions"]["$inferSelect"];

/** A project and an API. */
export interface ProjectApiIds {
  projectId: string;
  apiId: string;
}

/** Maximum number of changes of a project's plan for one API within 30 days: statements and verifiers know each of them. */
export const MAX_CHANGES = 50;
const CHANGES_MS = 30 * DAY_MS;

/** The subscription in effect, and the next subscription, which begins at the end of the month. */
export async function subscriptionAt(
  { q, t }: Scope,
  { projectId, apiId }: ProjectApiIds,
  nowMs: number,
): Promise<{ current: SubscriptionRow | null; next: SubscriptionRow | null }> {
  const { subscriptions: s } = t;
  const rows = await q
    .select()
    .from(s)
    .where(and(eq(s.projectId, projectId), eq(s.apiId, apiId), or(isNull(s.endsAt), gt(s.endsAt, nowMs))));
  return {
    current: rows.find(({ startsAt }) => startsAt <= nowMs) ?? null,
    next: rows.find(({ startsAt }) => startsAt > nowMs) ?? null,
  };
}

/**
 * Puts a project on a plan, now or at the end of the month, and records the change for verifiers. Returns the slug of
 * the plan of a scheduled change that this replaces; null if none was scheduled. The project is locked by the caller.
 */
export async function startSubscription(
  tx: Tx,
  ctx: Ctx,
  projectApi: ProjectApiIds,
  { chosen, takesEffect }: { chosen: LoadedPlan; takesEffect: TakesEffect },
): Promise<{ replaced: string | null }> {
  const { subscriptions: s } = tx.t;
  const { plan, current: version } = chosen;
  const now = ctx.now();
  const { current, next } = await subscriptionAt(tx, projectApi, now);
  // Without a plan there is nothing to keep until the end of the month.
  const startsAt = current === null ? now : effectiveAt(takesEffect, now);
  await enforceMaxChanges(tx, projectApi, now);
  await removeFuture(tx, projectApi, now);
  if (current !== null) {
    // A subscription that began this very millisecond was never in effect.
    if (current.startsAt === startsAt) await tx.q.delete(s).where(eq(s.id, current.id));
    else await tx.q.update(s).set({ endsAt: startsAt }).where(eq(s.id, current.id));
  }
  const { trialDays } = version.terms;
  const isFirst = trialDays !== null && !(await hadTrial(tx, projectApi, plan.id));
  const row = {
    id: newId("subscription"),
    ...projectApi,
    planId: plan.id,
    startsAt,
    endsAt: null,
    trialEndsAt: isFirst ? startsAt + trialDays * DAY_MS : null,
    createdAt: now,
    createdBy: actorId(ctx),
  };
  await tx.q.insert(s).values(row);
  await recordChange(tx, { kind: "project", subject: projectApi.projectId }, now);
  return { replaced: next && (await slugOf(tx, next)) };
}

/** Ends the subscription now, with what was scheduled or asked for. Returns whether there was one. */
export async function endSubscription(tx: Tx, projectApi: ProjectApiIds, nowMs: number): Promise<boolean> {
  const { subscriptions: s, planRequests } = tx.t;
  const { current } = await subscriptionAt(tx, projectApi, nowMs);
  await removeFuture(tx, projectApi, nowMs);
  if (current) await tx.q.update(s).set({ endsAt: nowMs }).where(eq(s.id, current.id));
  await tx.q
    .delete(planRequests)
    .where(and(eq(planRequests.projectId, projectApi.projectId), eq(planRequests.apiId, projectApi.apiId)));
  return current !== null;
}

/** Ends what a project that is deleted has, or what all projects have of an API that is deleted. */
export async function endAllSubscriptions(
  tx: Tx,
  of: { projectId: string } | { apiId: string },
  nowMs: number,
): Promise<void> {
  const { planRequests, plans, subscriptions: s } = tx.t;
  const [ofSubscription, ofRequest] =
    "projectId" in of
      ? [eq(s.projectId, of.projectId), eq(planRequests.projectId, of.projectId)]
      : [eq(s.apiId, of.apiId), eq(planRequests.apiId, of.apiId)];
  await tx.q.delete(planRequests).where(ofRequest);
  await tx.q.delete(s).where(and(ofSubscription, gt(s.startsAt, nowMs)));
  await tx.q
    .update(s)
    .set({ endsAt: nowMs })
    .where(and(ofSubscription, or(isNull(s.endsAt), gt(s.endsAt, nowMs))));
  if ("apiId" in of) {
    await tx.q
      .update(plans)
      .set({ archivedAt: nowMs })
      .where(and(eq(plans.apiId, of.apiId), isNull(plans.archivedAt)));
  }
}

/**
 * Cancels a change scheduled for the end of the month: the current plan stays. Returns the slug of its plan; null if
 * none was scheduled.
 */
export async function cancelScheduled(
  tx: Tx,
  projectApi: ProjectApiIds,
  nowMs: number,
): Promise<string | null> {
  const { subscriptions: s } = tx.t;
  const { current, next } = await subscriptionAt(tx, projectApi, nowMs);
  if (next === null) return null;
  await removeFuture(tx, projectApi, nowMs);
  if (current) await tx.q.update(s).set({ endsAt: null }).where(eq(s.id, current.id));
  await recordChange(tx, { kind: "project", subject: projectApi.projectId }, nowMs);
  return slugOf(tx, next);
}

async function slugOf({ q, t: { plans } }: Tx, { planId }: SubscriptionRow): Promise<string> {
  const [plan] = await q.select({ slug: plans.slug }).from(plans).where(eq(plans.id, planId));
  return plan?.slug ?? planId;
}

async function removeFuture(tx: Tx, { projectId, apiId }: ProjectApiIds, nowMs: number): Promise<void> {
  const { subscriptions: s } = tx.t;
  await tx.q.delete(s).where(and(eq(s.projectId, projectId), eq(s.apiId, apiId), gt(s.startsAt, nowMs)));
}

/** Whether the project had a trial of the plan, or has it now. */
async function hadTrial({ q, t }: Tx, { projectId }: ProjectApiIds, planId: string): Promise<boolean> {
  const { subscriptions: s } = t;
  const [row] = await q
    .select({ id: s.id })
    .from(s)
    .where(and(eq(s.projectId, projectId), eq(s.planId, planId), isNotNull(s.trialEndsAt)))
    .limit(1);
  return row !== undefined;
}

async function enforceMaxChanges(
  { q, t }: Tx,
  { projectId, apiId }: ProjectApiIds,
  nowMs: number,
): Promise<void> {
  const { subscriptions: s } = t;
  const since = nowMs - CHANGES_MS;
  const changes = await q.$count(
    s,
    and(eq(s.projectId, projectId), eq(s.apiId, apiId), gte(s.createdAt, since), lte(s.startsAt, nowMs)),
  );
  if (changes < MAX_CHANGES) return;
  const [oldest] = await q
    .select({ createdAt: s.createdAt })
    .from(s)
    .where(and(eq(s.projectId, projectId), eq(s.apiId, apiId), gte(s.createdAt, since)))
    .orderBy(desc(s.createdAt))
    .limit(1)
    .offset(MAX_CHANGES - 1);
  throw new DomainError(
    "conflict",
    `The plan was changed ${MAX_CHANGES} times within 30 days, the maximum.`,
    {
      problem: "LIMIT_REACHED",
      retryAfterMs: (oldest?.createdAt ?? nowMs) + CHANGES_MS - nowMs,
    },
  );
}
