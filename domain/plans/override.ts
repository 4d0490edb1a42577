import { isDeepStrictEqual } from "node:util";
import { and, eq } from "drizzle-orm";
import type { PlanTerms } from "#core/plans/terms.ts";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import { mustFindApi } from "../catalog/apis/find.ts";
import { type Ctx, requireAdmin, type Verb } from "../context.ts";
import { DomainError } from "../errors.ts";
import { actorId } from "./create.ts";
import { readSubscription } from "./read-subscription.ts";
import type { SetPlanOverrideInput, Subscription, SubscriptionRef } from "./schema.ts";
import { subscriptionAt } from "./subscriptions.ts";

/**
 * Replaces terms of a project's current plan for this project. They apply within a second, to later versions of the plan
 * too, until they are removed or the project leaves the plan. Administrators only.
 */
export async function setPlanOverride({ ctx, input }: Verb<SetPlanOverrideInput>): Promise<Subscription> {
  requireAdmin(ctx);
  const terms = definedOnly(input.terms);
  return ctx.db.write((tx) => replace(tx, ctx, input, { terms, reason: input.reason }));
}

/** Gives the project the terms of its plan again. Administrators only. */
export async function removePlanOverride({ ctx, input }: Verb<SubscriptionRef>): Promise<Subscription> {
  requireAdmin(ctx);
  return ctx.db.write((tx) => replace(tx, ctx, input, null));
}

async function replace(
  tx: Tx,
  ctx: Ctx,
  { projectId, slug }: SubscriptionRef,
  override: { terms: Partial<PlanTerms>; reason: string } | null,
): Promise<Subscription> {
  const { project } = await lockProject(tx, ctx, projectId, "owner");
  const api = await mustFindApi(tx, slug);
  const now = ctx.now();
  const { current } = await subscriptionAt(tx, { projectId: project.id, apiId: api.id }, now);
  if (!current) throw new DomainError("conflict", "The project has no plan of this API.");
  const { planOverrides } = tx.t;
  const which = and(eq(planOverrides.projectId, project.id), eq(planOverrides.planId, current.planId));
  const [before] = await tx.q.select().from(planOverrides).where(which);
  const isSame =
    isDeepStrictEqual(before?.terms, override?.terms) && (before?.reason ?? "") === (override?.reason ?? "");
  if (!isSame) {
    await tx.q.delete(planOverrides).where(which);
    if (override !== null) {
      await tx.q.insert(planOverrides).values({
        projectId: project.id,
        planId: current.planId,
        ...override,
        updatedAt: now,
        updatedBy: actorId(ctx),
      });
    }
    await recordChange(tx, { kind: "project", subject: project.id }, now);
    await recordAudit(tx, ctx, {
      action: override === null ? "subscription.override-removed" : "subscription.overridden",
      projectId: project.id,
      subject: api,
      before: { override: before?.terms ?? null },
      after: { override: override?.terms ?? null, ...(override?.reason && { reason: override.reason }) },
    });
  }
  return readSubscription(tx, project.id, api, now);
}

function definedOnly(terms: SetPlanOverrideInput["terms"]): Partial<PlanTerms> {
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
}
