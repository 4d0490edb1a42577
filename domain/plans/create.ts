import { count, eq } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { recordChange } from "#db/changes.ts";
import { isUniqueViolation } from "#db/errors.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../audit/record.ts";
import { mustFindApi } from "../catalog/apis/find.ts";
import { type Ctx, requireAdmin, type Verb } from "../context.ts";
import { DomainError, notFound } from "../errors.ts";
import { mustFindPlan, presentPlan, termsOf } from "./find.ts";
import type { CreatePlanInput, Plan } from "./schema.ts";

/** Maximum number of plans of an API, with the archived ones. */
export const MAX_PLANS = 50;

/** Adds a plan to an API, with its first version. Administrators only. */
export async function createPlan({ ctx, input }: Verb<CreatePlanInput>): Promise<Plan> {
  requireAdmin(ctx);
  try {
    return await ctx.db.write((tx) => insert(tx, ctx, input));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const message = `The API already has a plan “${input.slug}”.`;
    throw new DomainError("conflict", message, { errors: [{ path: "slug", message }] });
  }
}

async function insert(tx: Tx, ctx: Ctx, input: CreatePlanInput): Promise<Plan> {
  const { plans, planVersions } = tx.t;
  const api = await mustFindApi(tx, input.api);
  await lockApi(tx, api.id);
  const [existing] = await tx.q.select({ plans: count() }).from(plans).where(eq(plans.apiId, api.id));
  if ((existing?.plans ?? 0) >= MAX_PLANS) {
    throw new DomainError("conflict", `An API has at most ${MAX_PLANS} plans. Delete one first.`, {
      problem: "LIMIT_REACHED",
    });
  }
  const now = ctx.now();
  const { name, description, visibility, approval } = input;
  const createdBy = actorId(ctx);
  const plan = {
    id: newId("plan"),
    apiId: api.id,
    api: api.slug,
    slug: input.slug,
    name,
    description,
    visibility,
    approval,
    createdAt: now,
    createdBy,
    updatedAt: now,
  };
  const terms = termsOf(input);
  await tx.q.insert(plans).values(plan);
  await tx.q
    .insert(planVersions)
    .values({ planId: plan.id, version: 1, terms, appliesAt: now, createdAt: now, createdBy });
  await recordChange(tx, { kind: "api", subject: api.id }, now);
  await recordAudit(tx, ctx, {
    action: "plan.created",
    subject: plan,
    after: { api: api.slug, slug: plan.slug, name, visibility, approval, ...terms },
  });
  return presentPlan(tx, await mustFindPlan(tx, plan, now));
}

/**
 * Serializes changes of an API's plans and of their subscriptions. Lock the project first. Throws `not-found` if the API
 * was deleted in the meantime.
 */
export async function lockApi({ q, t: { apis } }: Tx, apiId: string): Promise<void> {
  const [row] = await q.update(apis).set({ id: apiId }).where(eq(apis.id, apiId)).returning({ id: apis.id });
  if (!row) throw notFound("API");
}

/** Who created a row; empty for the portal itself. */
export function actorId({ actor }: Pick<Ctx, "actor">): string {
  if (actor.kind === "user") return actor.userId;
  return actor.kind === "project" ? actor.createdBy : "";
}
