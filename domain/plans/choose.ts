import { and, eq, isNull } from "drizzle-orm";
import type { TakesEffect } from "#core/plans/terms.ts";
import type { Scope, Tx } from "#db/open.ts";
import { type Actor, type Ctx, isAdmin, requireAuthenticated } from "../context.ts";
import { DomainError, invalid } from "../errors.ts";
import { type LoadedPlan, loadPlans } from "./find.ts";
import type { ProjectApiIds } from "./subscriptions.ts";

/** The plans of an API that the actor can choose for a project: public ones, or any for an administrator. */
export async function choosablePlans(
  scope: Scope,
  actor: Actor,
  apiId: string,
  nowMs: number,
): Promise<LoadedPlan[]> {
  const { plans } = scope.t;
  const isOpen = isAdmin(actor) ? undefined : eq(plans.visibility, "public");
  return loadPlans(scope, and(eq(plans.apiId, apiId), isNull(plans.archivedAt), isOpen), nowMs);
}

/**
 * The plan to enable an API with: the named plan, or the only plan if anyone can choose it. Null for an API without
 * plans. Throws `invalid` if a plan must be chosen, or if there is no such plan.
 */
export async function choosePlan(
  scope: Scope,
  ctx: Ctx,
  api: { id: string },
  slug: string | undefined,
): Promise<LoadedPlan | null> {
  const plans = await choosablePlans(scope, ctx.actor, api.id, ctx.now());
  const chosen = plans.find(({ plan }) => plan.slug === slug);
  if (chosen) return chosen;
  const open = plans.filter(({ plan }) => plan.visibility === "public");
  const names = open.map(({ plan }) => plan.slug).join(", ");
  if (slug !== undefined) {
    const message =
      names === "" ? "This API has no plans." : `Choose one of the plans of this API: ${names}.`;
    throw invalid("plan", message);
  }
  if (open.length > 1) throw invalid("plan", `Choose one of the plans of this API: ${names}.`);
  return open[0] ?? null;
}

/**
 * Whether the API has plans, archived and private ones included. If so, enabling it without a plan needs an approval:
 * otherwise a project that can choose no plan would have no limits.
 */
export async function hasPlans({ q, t: { plans } }: Scope, apiId: string): Promise<boolean> {
  return (await q.$count(plans, eq(plans.apiId, apiId))) > 0;
}

/**
 * The plan of a request for access that names none, because it was created before the API had plans or because its plan was
 * deleted: the only plan that every project can choose. Null if there is none. Throws `conflict` if there are several.
 */
export async function defaultPlan(
  scope: Scope,
  api: { id: string },
  nowMs: number,
): Promise<LoadedPlan | null> {
  const { plans } = scope.t;
  const isOpen = and(eq(plans.apiId, api.id), isNull(plans.archivedAt), eq(plans.visibility, "public"));
  const [only, ...others] = await loadPlans(scope, isOpen, nowMs);
  if (others.length === 0) return only ?? null;
  throw new DomainError(
    "conflict",
    "The request names no plan of this API that exists. Decline it, so that the project can choose one.",
  );
}

/** Whether the plan costs something, as far as it says. */
export function isPriced({ current }: LoadedPlan): boolean {
  const { price } = current.terms;
  return price !== null && (Number(price.monthly) > 0 || Number(price.perThousand) > 0);
}

/** Whether the actor must wait for an approval of the plan. */
export function planNeedsApproval({ plan }: LoadedPlan, actor: Actor): boolean {
  return plan.approval && !isAdmin(actor);
}

/** Stores the request for a plan, in place of an earlier one for the same API. */
export async function requestPlan(
  tx: Tx,
  ctx: Ctx,
  { projectId, apiId }: ProjectApiIds,
  { chosen: { plan }, takesEffect }: { chosen: LoadedPlan; takesEffect: TakesEffect },
): Promise<void> {
  const { planRequests } = tx.t;
  const actor = requireAuthenticated(ctx);
  const row = {
    projectId,
    apiId,
    planId: plan.id,
    takesEffect,
    status: "pending" as const,
    requestedBy: actor.kind === "user" ? actor.userId : actor.createdBy,
    requestedAt: ctx.now(),
    message: null,
  };
  await tx.q
    .insert(planRequests)
    .values(row)
    .onConflictDoUpdate({ target: [planRequests.projectId, planRequests.apiId], set: row });
}

/** Removes the request for a plan. Returns whether one was pending. */
export async function removeRequest(tx: Tx, { projectId, apiId }: ProjectApiIds): Promise<boolean> {
  const { planRequests } = tx.t;
  const [removed] = await tx.q
    .delete(planRequests)
    .where(and(eq(planRequests.projectId, projectId), eq(planRequests.apiId, apiId)))
    .returning({ status: planRequests.status });
  return removed?.status === "pending";
}

/** The pending request of a project for a plan of an API, with the plan; null if there is none. */
export async function pendingRequest(tx: Tx, { projectId, apiId }: ProjectApiIds, nowMs: number) {
  const { planRequests, plans } = tx.t;
  const [request] = await tx.q
    .select()
    .from(planRequests)
    .where(
      and(
        eq(planRequests.projectId, projectId),
        eq(planRequests.apiId, apiId),
        eq(planRequests.status, "pending"),
      ),
    );
  if (!request) return null;
  const [plan] = await loadPlans(tx, eq(plans.id, request.planId), nowMs);
  if (!plan) throw new DomainError("conflict", "The plan no longer exists. Choose another one.");
  return { plan, takesEffect: request.takesEffect };
}
