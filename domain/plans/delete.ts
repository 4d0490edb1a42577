import { and, eq } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import { isForeignKeyViolation } from "#db/errors.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../audit/record.ts";
import { mustFindApi } from "../catalog/apis/find.ts";
import { type Ctx, requireAdmin, type Verb } from "../context.ts";
import { DomainError } from "../errors.ts";
import { lockApi } from "./create.ts";
import { mustFindPlan } from "./find.ts";
import type { PlanRef } from "./schema.ts";

/**
 * Deletes a plan that no project was ever on. Throws `conflict` for any other: archive it instead, because statements
 * need it. Pending requests for it end. Administrators only.
 */
export async function deletePlan({ ctx, input }: Verb<PlanRef>): Promise<void> {
  requireAdmin(ctx);
  try {
    await ctx.db.write((tx) => remove(tx, ctx, input));
  } catch (error) {
    if (!isForeignKeyViolation(error)) throw error;
    throw new DomainError("conflict", USED);
  }
}

const USED = "Projects are or were on this plan, and statements need it. Archive it instead.";

async function remove(tx: Tx, ctx: Ctx, ref: PlanRef): Promise<void> {
  const { plans, subscriptions } = tx.t;
  const api = await mustFindApi(tx, ref.api);
  await lockApi(tx, api.id);
  const now = ctx.now();
  const { plan } = await mustFindPlan(tx, { apiId: api.id, slug: ref.slug }, now);
  const used = await tx.q.$count(subscriptions, eq(subscriptions.planId, plan.id));
  if (used > 0) throw new DomainError("conflict", USED);
  await tx.q.delete(plans).where(and(eq(plans.id, plan.id), eq(plans.apiId, api.id)));
  await recordChange(tx, { kind: "api", subject: api.id }, now);
  await recordAudit(tx, ctx, {
    action: "plan.deleted",
    subject: plan,
    before: { api: api.slug, slug: plan.slug },
  });
}
