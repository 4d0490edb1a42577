import type { CheckRequest } from "#core/check.ts";
import { evaluateCounters, evaluateRules } from "#core/decide.ts";
import type { KnownFacts } from "#core/facts.ts";
import { applicableLimits } from "#core/limits/applicable-limits.ts";
import { countCall } from "#core/limits/evaluate.ts";
import type { CounterState, Limit } from "#core/limits/types.ts";
import { planAt } from "#core/plans/charge.ts";
import type { Verdict } from "#core/verdict-schema.ts";
import type { ApiFacts } from "#engine/cache/compile-facts.ts";
import { chargeTableOf } from "#engine/check/plan-charge.ts";
import { VerdictUnavailable } from "#engine/check/verdict-unavailable.ts";
import { getEngine } from "./engine.ts";
import { HttpError } from "./problem.ts";

/**
 * The verdict that a request would get now. Queries the limits only if they could deny it, and consumes nothing.
 * Throws `HttpError` 503, like a verification, if the limits are unavailable.
 */
export async function evaluateOnly(
  facts: KnownFacts,
  { request, api }: { request: CheckRequest; api: ApiFacts | null },
  nowMs: number,
): Promise<Verdict> {
  const denial = evaluateRules(facts, request, nowMs);
  if (denial) return denial;
  const period = api && planAt(facts.project, api.slug, nowMs);
  const charge = period && chargeTableOf(api, facts.project, period, nowMs)?.chargeOf(request);
  const limits = [...applicableLimits(facts.secret.key, facts.project), ...(charge?.limits ?? [])];
  const units = request.cost * (charge?.units ?? 1);
  const counted = limits.length === 0 ? [] : await askLimits(limits, units, nowMs);
  return evaluateCounters(facts, request, { nowMs, counted, units });
}

/** What the limit counters would answer for the request. */
async function askLimits(limits: readonly Limit[], cost: number, nowMs: number): Promise<CounterState[]> {
  try {
    const { limiter } = await getEngine();
    const counted = await limiter.take({ limits, cost, nowMs, consume: false });
    if (counted.every(({ fits }) => fits)) for (const one of counted) countCall(one, cost);
    return counted;
  } catch (cause) {
    const detail = cause instanceof VerdictUnavailable ? cause.message : "the limits are unavailable";
    const headers = { "Retry-After": "1" };
    throw new HttpError(503, `The verdict is unavailable: ${detail}.`, { headers, cause });
  }
}
