import type { CheckRequest } from "#core/check.ts";
import { judgeCounts, judgeRules } from "#core/decide.ts";
import type { KnownFacts } from "#core/facts.ts";
import { countCall } from "#core/limits/count-call.ts";
import { limitsOf } from "#core/limits/limits-of.ts";
import type { Counted, Limit } from "#core/limits/types.ts";
import type { Verdict } from "#core/verdict.ts";
import { VerdictUnavailable } from "#engine/cache/fill-gate.ts";
import { getEngine } from "./engine.ts";
import { HttpError } from "./problem.ts";

/**
 * The verdict that a check would be given now. Limits are asked where only they can refuse, and nothing is taken
 * from them. Throws `HttpError` 503, as a check answers, where they can't be asked.
 */
export async function judgeOnly(facts: KnownFacts, request: CheckRequest, nowMs: number): Promise<Verdict> {
  const refusal = judgeRules(facts, request, nowMs);
  if (refusal) return refusal;
  const limits = limitsOf(facts.secret.key, facts.project);
  const counted = limits.length === 0 ? [] : await askLimits(limits, request.cost, nowMs);
  return judgeCounts(facts, request, nowMs, counted);
}

/** What the limits' counters would say of the call to who makes it. */
async function askLimits(limits: readonly Limit[], cost: number, nowMs: number): Promise<Counted[]> {
  try {
    const { limiter } = await getEngine();
    const counted = await limiter.take({ limits, cost, nowMs, consume: false });
    if (counted.every(({ fits }) => fits)) for (const one of counted) countCall(one, cost);
    return counted;
  } catch (cause) {
    const detail = cause instanceof VerdictUnavailable ? cause.message : "limits can't be asked";
    const headers = { "Retry-After": "1" };
    throw new HttpError(503, `No verdict can be given now: ${detail}.`, { headers, cause });
  }
}
