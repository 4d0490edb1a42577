import type { LimitStates } from "./evaluate.ts";
import { periodAt } from "./period.ts";

/** IETF httpapi draft: `"default"` is the rate, `"quota"` the quota. */
export function limitHeaders({ rateLimit, quota }: LimitStates, nowMs: number): Record<string, string> {
  const [policies, states]: [string[], string[]] = [[], []];
  if (rateLimit) {
    policies.push(`"default";q=${rateLimit.limit};w=${rateLimit.windowSeconds}`);
    states.push(`"default";r=${rateLimit.remaining};t=${seconds(rateLimit.resetMs)}`);
  }
  if (quota) {
    const { start, end } = periodAt(quota.period, nowMs);
    policies.push(`"quota";q=${quota.limit};w=${seconds(end - start)}`);
    states.push(`"quota";r=${quota.remaining};t=${seconds(end - nowMs)}`);
  }
  return { "RateLimit-Policy": policies.join(", "), RateLimit: states.join(", ") };
}

/** Whole seconds for a header, rounded up: waiting that long is always long enough. */
export function seconds(ms: number): string {
  return String(Math.ceil(ms / 1_000));
}
