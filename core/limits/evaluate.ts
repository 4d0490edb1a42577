import { type Reason, reason } from "../denials.ts";
import { periodAt } from "./period.ts";
import type { Counted, QuotaState, RateLimitState } from "./types.ts";

/** Why a limit refuses, and how long until the call would pass. */
export interface LimitReason extends Reason {
  retryAfterMs: number;
}

/** What a verdict says of limits: of several of a kind, the one with the least left. */
export interface LimitStates {
  rateLimit: RateLimitState | null;
  quota: QuotaState | null;
}

export const UNLIMITED: LimitStates = { rateLimit: null, quota: null };

/** Why the limits refuse the call: rates before quotas. Null when it is within all of them. */
export function evaluateLimits(counted: readonly Counted[], nowMs: number, cost: number): LimitReason | null {
  return deniedBy("rate", counted, nowMs, cost) ?? deniedBy("quota", counted, nowMs, cost);
}

/** Where the limits stand after the call. */
export function limitStates(counted: readonly Counted[], nowMs: number): LimitStates {
  if (counted.length === 0) return UNLIMITED;
  let [rateLimit, quota]: [RateLimitState | null, QuotaState | null] = [null, null];
  for (const { limit, used, resetMs } of counted) {
    if (limit.kind === "rate") {
      const remaining = Math.max(0, limit.rate.limit - used);
      if (rateLimit === null || remaining < rateLimit.remaining)
        rateLimit = { ...limit.rate, remaining, resetMs: Math.ceil(resetMs) };
    } else {
      const remaining = Math.max(0, limit.quota.limit - used);
      if (quota === null || remaining < quota.remaining) {
        const resetAt = new Date(periodAt(limit.quota.period, nowMs).end).toISOString();
        quota = { ...limit.quota, remaining, resetAt };
      }
    }
  }
  return { rateLimit, quota };
}

function deniedBy(
  kind: "rate" | "quota",
  counted: readonly Counted[],
  nowMs: number,
  cost: number,
): LimitReason | null {
  let longest: Counted | null = null;
  for (const one of counted) {
    if (one.fits || one.limit.kind !== kind) continue;
    if (longest === null || one.waitMs > longest.waitMs) longest = one;
  }
  return longest && { ...reasonOf(longest, cost), retryAfterMs: Math.ceil(retryAfter(longest, nowMs)) };
}

function retryAfter({ limit, waitMs }: Counted, nowMs: number): number {
  return limit.kind === "rate" ? waitMs : periodAt(limit.quota.period, nowMs).end - nowMs;
}

function reasonOf({ limit }: Counted, cost: number): Reason {
  const limitOf = limit.scope === "key" ? "key" : "project";
  if (limit.kind === "rate") {
    const { limit: most, windowSeconds } = limit.rate;
    const observed = { limitOf, limit: String(most), windowSeconds: String(windowSeconds) };
    return cost > most
      ? reason("RATE_LIMITED", { ...observed, cost: String(cost) }, "never")
      : reason("RATE_LIMITED", observed);
  }
  const { limit: most, period } = limit.quota;
  const observed = { limitOf, limit: String(most), period };
  return cost > most
    ? reason("QUOTA_EXCEEDED", { ...observed, cost: String(cost) }, "never")
    : reason("QUOTA_EXCEEDED", observed);
}

/** Updates a counter's state with an allowed call of `cost` units. */
export function countCall(counted: Counted, cost: number): void {
  counted.used += cost;
  const { limit, resetMs } = counted;
  if (cost > 0 && resetMs === 0 && limit.kind === "rate") counted.resetMs = limit.rate.windowSeconds * 1_000;
}
