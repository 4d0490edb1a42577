import { isDeepStrictEqual } from "node:util";
import { and, eq, gte } from "drizzle-orm";
import { isOverridden, overrideOf, type PlanTerms } from "#core/plans/terms.ts";
import { DAY_MS, iso } from "#core/time.ts";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import { mustFindApi } from "../catalog/apis/find.ts";
import { type Ctx, requireAdmin, type Verb } from "../context.ts";
import { DomainError, requireFuture } from "../errors.ts";
import { actorId } from "./create.ts";
import { readSubscription } from "./read-subscription.ts";
import type { SetPlanOverrideInput, Subscription, SubscriptionRef } from "./schema.ts";
import { subscriptionAt } from "./subscriptions.ts";

/** Maximum number of overrides of a project's terms for one plan within 30 days: statements know each of them. */
export const MAX_OVERRIDES = 50;
const OVERRIDES_MS = 30 * DAY_MS;

/**
 * Replaces terms of a project's current plan for this project. They apply within a second, to later versions of the plan
 * too, until `endsAt`, until they are removed or the project leaves the plan. Statements have them from the next full
 * hour on. Administrators only.
 */
export async function setPlanOverride({ ctx, input }: Verb<SetPlanOverrideInput>): Promise<Subscription> {
  requireAdmin(ctx);
  const { reason, endsAt } = input;
  requireFuture("endsAt", endsAt, ctx.now());
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

type OverrideRow = Tables["planOverrides"]["$inferSelect"];

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
  const found = row ? overrideOf({ ...row, changedAt: row.updatedAt }, current) : null;
  const before = isOverridden(found, now) ? found : null;
  if (!isDeepStrictEqual(before && overrideFields(before), override)) {
    if (override !== null) await enforceMaxOverrides(tx, project.id, current.planId, now);
    // Another portal's clock may be ahead.
    const updatedAt = Math.max(now, row?.updatedAt ?? now);
    if (row) await storePastTerms(tx, row, updatedAt);
    const set = { ...(override ?? REMOVED), updatedAt, updatedBy: actorId(ctx) };
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

/** Stores from when to when terms were in effect that are replaced at `atMs`. */
async function storePastTerms({ q, t }: Tx, row: OverrideRow, atMs: number): Promise<void> {
  const { projectId, planId, terms, updatedAt: startsAt } = row;
  const endsAt = Math.min(row.endsAt ?? atMs, atMs);
  if (Object.keys(terms).length === 0 || endsAt <= startsAt) return;
  await q.insert(t.pastPlanOverrides).values({ projectId, planId, terms, startsAt, endsAt });
}

async function enforceMaxOverrides(
  { q, t: { pastPlanOverrides: past } }: Tx,
  projectId: string,
  planId: string,
  nowMs: number,
): Promise<void> {
  const since = nowMs - OVERRIDES_MS;
  const rows = await q
    .select({ startsAt: past.startsAt })
    .from(past)
    .where(and(eq(past.projectId, projectId), eq(past.planId, planId), gte(past.startsAt, since)))
    .orderBy(past.startsAt);
  if (rows.length < MAX_OVERRIDES) return;
  throw new DomainError(
    "conflict",
    `The custom terms were changed ${MAX_OVERRIDES} times within 30 days, the maximum.`,
    { problem: "LIMIT_REACHED", retryAfterMs: (rows[0]?.startsAt ?? nowMs) + OVERRIDES_MS - nowMs },
  );
}

function overrideFields({ terms, reason, endsAt }: Agreement): Agreement {
  return { terms, reason, endsAt };
}

function definedOnly(terms: SetPlanOverrideInput["terms"]): Partial<PlanTerms> {
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
}
