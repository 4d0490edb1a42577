import type { LimitStates } from "./evaluate.ts";
import { periodAt } from "./period.ts";

/** IETF httpapi draft: `"default"` is a rate, `"quota"` a quota, and a limit of a plan has its own name. */
export function limitHeaders({ rateLimit, quota }: LimitStates, nowMs: number): Record<string, string> {
  const [policies, states]: [string[], string[]] = [[], []];
  if (rateLimit) {
    const name = rateLimit.policy?.name ?? "default";
    policies.push(`"${name}";q=${rateLimit.limit};w=${rateLimit.windowSeconds}`);
    states.push(`"${name}";r=${rateLimit.remaining};t=${seconds(rateLimit.resetMs)}`);
  }
  if (quota) {
    const { start, end } = periodAt(quota.period, nowMs);
    const name = quota.policy?.name ?? "quota";
    policies.push(`"${name}";q=${quota.limit};w=${seconds(end - start)}`);
    states.push(`"${name}";r=${quota.remaining};t=${seconds(end - nowMs)}`);
  }
  return { "RateLimit-Policy": policies.join(", "), RateLimit: states.join(", ") };
}

/** Whole seconds for a header, rounded up: waiting that long is always long enough. */
export function seconds(ms: number): string {
  return String(Math.ceil(ms / 1_000));
}
