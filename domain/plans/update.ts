import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import { effectiveAt, type PlanTerms } from "#core/plans/terms.ts";
import { iso } from "#core/time.ts";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../audit/record.ts";
import { type ApiRow, mustFindApi } from "../catalog/apis/find.ts";
import { type Ctx, requireAdmin, type Verb } from "../context.ts";
import { DomainError } from "../errors.ts";
import { actorId, lockApi } from "./create.ts";
import { type LoadedPlan, mustFindPlan, type PlanRow, presentPlan, termsOf } from "./find.ts";
import type { Plan, UpdatePlanInput } from "./schema.ts";

/** Maximum number of versions of a plan. */
export const MAX_VERSIONS = 500;

const FIELDS = ["name", "description", "visibility", "approval"] as const;
const TERMS = ["limits", "unitsPerOperation", "includedUnits", "overage", "trialDays", "price"] as const;

/**
 * Changes a plan. Changed terms are a new version, to which all subscribers move now or at the end of the month. It
 * replaces a version that is planned: a change for the end of the month starts from the planned terms, but a change that
 * takes effect now from the terms in effect. Throws `conflict` with the problem `VERSION_PLANNED` before that loses the
 * planned terms, unless `replacePlanned` is true. Administrators only.
 */
export async function updatePlan({ ctx, input }: Verb<UpdatePlanInput>): Promise<Plan> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const api = await mustFindApi(tx, input.api);
    await lockApi(tx, api.id);
    const now = ctx.now();
    const found = await mustFindPlan(tx, { apiId: api.id, slug: input.slug }, now);
    const fields = changedFields(found.plan, input, now);
    const terms = changedTerms(found, input);
    if (terms === null && Object.keys(fields).length === 0) return presentPlan(tx, found);
    if (terms && input.takesEffect === "now" && !input.replacePlanned) requireNonePlanned(found);
    const { id } = found.plan;
    await tx.q
      .update(tx.t.plans)
      .set({ ...fields, updatedAt: now })
      .where(eq(tx.t.plans.id, id));
    if (terms) await addVersion(tx, ctx, { api, found, terms, takesEffect: input.takesEffect });
    await recordAudit(tx, ctx, {
      action: "plan.updated",
      subject: { id, name: fields.name ?? found.plan.name },
      before: { ...pick(found.plan, fields), ...(terms && pick(baseOf(found, input).terms, terms.changed)) },
      after: {
        api: api.slug,
        ...fields,
        ...(terms && { ...terms.changed, takesEffect: input.takesEffect }),
      },
    });
    return presentPlan(tx, await mustFindPlan(tx, found.plan, now));
  });
}

interface NewTerms {
  all: PlanTerms;
  changed: Partial<PlanTerms>;
}

interface NewVersion {
  api: ApiRow;
  found: LoadedPlan;
  terms: NewTerms;
  takesEffect: UpdatePlanInput["takesEffect"];
}

async function addVersion(tx: Tx, ctx: Ctx, { api, found, terms, takesEffect }: NewVersion): Promise<void> {
  const now = ctx.now();
  const version = (found.next ?? found.current).version + 1;
  if (version > MAX_VERSIONS) {
    throw new DomainError("conflict", `A plan has at most ${MAX_VERSIONS} versions. Create another plan.`, {
      problem: "LIMIT_REACHED",
    });
  }
  const appliesAt = effectiveAt(takesEffect, now);
  const { id: planId } = found.plan;
  await tx.q
    .insert(tx.t.planVersions)
    .values({ planId, version, terms: terms.all, appliesAt, createdAt: now, createdBy: actorId(ctx) });
  await recordChange(tx, { kind: "api", subject: api.id }, now);
}

function requireNonePlanned({ next }: LoadedPlan): void {
  if (next === null) return;
  const day = iso(next.appliesAt).slice(0, 10);
  throw new DomainError(
    "conflict",
    `Version ${next.version} is planned for ${day} and would be replaced. Change it for the end of the month instead, or send replacePlanned.`,
    { problem: "VERSION_PLANNED" },
  );
}

/** The version that the new one changes. */
function baseOf({ current, next }: LoadedPlan, { takesEffect }: Pick<UpdatePlanInput, "takesEffect">) {
  return takesEffect === "now" ? current : (next ?? current);
}

function changedTerms(found: LoadedPlan, input: UpdatePlanInput): NewTerms | null {
  const before = baseOf(found, input).terms;
  const given = Object.fromEntries(
    TERMS.flatMap((term) => (input[term] === undefined ? [] : [[term, input[term]]])),
  ) as Partial<PlanTerms>;
  const changed = Object.fromEntries(
    Object.entries(given).filter(
      ([term, value]) => !isDeepStrictEqual(value, before[term as keyof PlanTerms]),
    ),
  ) as Partial<PlanTerms>;
  // The same terms as now, while others are planned: these are given up.
  const isReverted = found.next !== null && Object.keys(given).length > 0 && input.takesEffect === "now";
  if (Object.keys(changed).length === 0 && !isReverted) return null;
  return { all: termsOf({ ...before, ...given }), changed };
}

function changedFields(plan: PlanRow, input: UpdatePlanInput, nowMs: number) {
  const changed: Partial<Pick<PlanRow, (typeof FIELDS)[number] | "archivedAt">> = Object.fromEntries(
    FIELDS.flatMap((field) =>
      input[field] === undefined || input[field] === plan[field] ? [] : [[field, input[field]]],
    ),
  );
  if (input.archived !== undefined && input.archived !== (plan.archivedAt !== null)) {
    changed.archivedAt = input.archived ? nowMs : null;
  }
  return changed;
}

/** The fields of `from` that `like` has. */
function pick(from: object, like: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([field]) => field in like));
}
