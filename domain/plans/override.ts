import { isDeepStrictEqual } from "node:util";
import { and, eq } from "drizzle-orm";
import { isOverridden, type PlanTerms } from "#core/plans/terms.ts";
import { iso } from "#core/time.ts";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import { mustFindApi } from "../catalog/apis/find.ts";
import { type Ctx, requireAdmin, type Verb } from "../context.ts";
import { DomainError, invalid } from "../errors.ts";
import { actorId } from "./create.ts";
import { readSubscription } from "./read-subscription.ts";
import type { SetPlanOverrideInput, Subscription, SubscriptionRef } from "./schema.ts";
import { subscriptionAt } from "./subscriptions.ts";

/**
 * Replaces terms of a project's current plan for this project. They apply within a second, to later versions of the plan
 * too, until `endsAt`, until they are removed or the project leaves the plan. Administrators only.
 */
export async function setPlanOverride({ ctx, input }: Verb<SetPlanOverrideInput>): Promise<Subscription> {
  requireAdmin(ctx);
  const { reason, endsAt } = input;
  if (endsAt !== null && endsAt <= ctx.now()) throw invalid("endsAt", "Choose a time in the future.");
  const terms = definedOnly(input.terms);
  return ctx.db.write((tx) => replace(tx, ctx, input, { terms, reason, endsAt }));
}

/** Gives the project the terms of its plan again. Administrators only. */
export async function removePlanOverride({ ctx, input }: Verb<SubscriptionRef>): Promise<Subscription> {
  requireAdmin(ctx);
  return ctx.db.write((tx) => replace(tx, ctx, input, null));
}

interface Agreement {
  terms: Partial<PlanTerms>;
  reason: string;
  endsAt: number | null;
}

const REMOVED: Agreement = { terms: {}, reason: "", endsAt: null };

async function replace(
  tx: Tx,
  ctx: Ctx,
  { projectId, slug }: SubscriptionRef,
  override: Agreement | null,
): Promise<Subscription> {
  const { project } = await lockProject(tx, ctx, projectId, "owner");
  const api = await mustFindApi(tx, slug);
  const now = ctx.now();
  const { current } = await subscriptionAt(tx, { projectId: project.id, apiId: api.id }, now);
  if (!current) throw new DomainError("conflict", "The project has no plan of this API.");
  const { planOverrides } = tx.t;
  const which = and(eq(planOverrides.projectId, project.id), eq(planOverrides.planId, current.planId));
  const [row] = await tx.q.select().from(planOverrides).where(which);
  const before = row && isOverridden({ ...row, changedAt: row.updatedAt }, now) ? row : null;
  if (!isDeepStrictEqual(before && agreementIn(before), override)) {
    const set = { ...(override ?? REMOVED), updatedAt: now, updatedBy: actorId(ctx) };
    await tx.q
      .insert(planOverrides)
      .values({ projectId: project.id, planId: current.planId, ...set })
      .onConflictDoUpdate({ target: [planOverrides.projectId, planOverrides.planId], set });
    await recordChange(tx, { kind: "project", subject: project.id }, now);
    await recordAudit(tx, ctx, {
      action: override === null ? "subscription.override-removed" : "subscription.overridden",
      projectId: project.id,
      subject: api,
      before: { override: before?.terms ?? null },
      after: {
        override: override?.terms ?? null,
        ...(override?.reason && { reason: override.reason }),
        ...(override?.endsAt && { endsAt: iso(override.endsAt) }),
      },
    });
  }
  return readSubscription(tx, project.id, api, now);
}

function agreementIn({ terms, reason, endsAt }: Agreement): Agreement {
  return { terms, reason, endsAt };
}

function definedOnly(terms: SetPlanOverrideInput["terms"]): Partial<PlanTerms> {
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
}
