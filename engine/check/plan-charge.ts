import type { ProjectFacts } from "#core/facts.ts";
import { type ChargeTable, chargeTableAt, type PlanCharge, planAt } from "#core/plans/charge.ts";
import type { PlanPeriod } from "#core/plans/periods.ts";
import { chain, type MaybePromise } from "#platform/maybe-promise.ts";
import type { ApiFacts } from "../cache/compile-facts.ts";
import type { FactStore } from "../cache/fact-store.ts";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import type { Check } from "./check.ts";

/**
 * What the plan of the project charges for a call at `nowMs` (epoch ms); null without a plan. Throws (or rejects with)
 * `VerdictUnavailable` if the plan can't be read.
 */
export function chargeOf(
  { api, request }: Pick<Check, "api" | "request">,
  project: ProjectFacts,
  apis: Pick<FactStore["apis"], "get" | "invalidate">,
  nowMs: number,
): MaybePromise<PlanCharge | null> {
  const period = planAt(project, api.slug, nowMs);
  if (period === null) return null;
  const table = chargeTableOf(api, project, period, nowMs);
  if (table !== null) return table.chargeOf(request);
  // The project was read after the plan had been created, the API before.
  apis.invalidate(api.id);
  return chain(apis.get(api.slug), (now) => {
    const newer = now && chargeTableOf(now, project, period, nowMs);
    if (!newer) throw new VerdictUnavailable("the project's plan can't be read");
    return newer.chargeOf(request);
  });
}

/** Null if the facts of the API lack the plan. */
export function chargeTableOf(
  api: ApiFacts,
  project: ProjectFacts,
  period: PlanPeriod,
  nowMs: number,
): ChargeTable | null {
  const plan = api.plans?.get(period.planId);
  return plan ? chargeTableAt({ projectId: project.id, api: api.slug }, period, plan, nowMs) : null;
}
