import { type Reason, reason } from "../denials.ts";
import type { QuotaState, RateLimitState } from "../verdict-schema.ts";
import { periodAt } from "./period.ts";
import type { CounterState, Limit } from "./types.ts";

/** Why a limit denies a call, and when to retry. */
export interface LimitReason extends Reason {
  /** How long until the same call would pass, ms. */
  retryAfterMs: number;
}

/** The limits of a verdict. Of several limits of a kind, the one with the least remaining units. */
export interface LimitStates {
  rateLimit: RateLimitState | null;
  quota: QuotaState | null;
}

export const UNLIMITED: LimitStates = { rateLimit: null, quota: null };

/** Why the limits deny the call, rate limits before quotas; null if it is within all of them. `nowMs` is epoch ms. */
export function evaluateLimits(
  counted: readonly CounterState[],
  nowMs: number,
  cost: number,
): LimitReason | null {
  if (counted.length === 0) return null;
  return deniedBy("rate", counted, nowMs, cost) ?? deniedBy("quota", counted, nowMs, cost);
}

/** The state of the limits after the call. */
export function limitStates(counted: readonly CounterState[], nowMs: number): LimitStates {
  if (counted.length === 0) return UNLIMITED;
  let [rateLimit, quota]: [RateLimitState | null, QuotaState | null] = [null, null];
  for (const { limit, used, resetMs } of counted) {
    if (limit.kind === "rate") {
      const remaining = Math.max(0, limit.rate.limit - used);
      if (rateLimit === null || remaining < rateLimit.remaining)
        rateLimit = named({ ...limit.rate, remaining, resetMs: Math.ceil(resetMs) }, limit);
    } else {
      const remaining = Math.max(0, limit.quota.limit - used);
      if (quota === null || remaining < quota.remaining) {
        const resetAt = new Date(periodAt(limit.quota.period, nowMs).end).toISOString();
        quota = named({ ...limit.quota, remaining, resetAt }, limit);
      }
    }
  }
  return { rateLimit, quota };
}

/** The state with the name of its limit, if a plan has it. */
function named<State>(state: State, { policy }: Limit): State {
  return policy === undefined ? state : { ...state, policy: { plan: policy.plan, name: policy.name } };
}

function deniedBy(
  kind: "rate" | "quota",
  counted: readonly CounterState[],
  nowMs: number,
  cost: number,
): LimitReason | null {
  let longest: CounterState | null = null;
  for (const counter of counted) {
    if (counter.fits || counter.limit.kind !== kind) continue;
    if (longest === null || counter.waitMs > longest.waitMs) longest = counter;
  }
  return longest && { ...reasonOf(longest, cost), retryAfterMs: Math.ceil(retryAfter(longest, nowMs)) };
}

function retryAfter({ limit, waitMs }: CounterState, nowMs: number): number {
  return limit.kind === "rate" ? waitMs : periodAt(limit.quota.period, nowMs).end - nowMs;
}

function reasonOf({ limit }: CounterState, cost: number): Reason {
  const holder = holderOf(limit);
  const variant = limit.scope === "plan" ? "plan" : undefined;
  if (limit.kind === "rate") {
    const { limit: max, windowSeconds } = limit.rate;
    const observed = { ...holder, limit: String(max), windowSeconds: String(windowSeconds) };
    return cost > max
      ? reason("RATE_LIMITED", { ...observed, cost: String(cost) }, "never")
      : reason("RATE_LIMITED", observed, variant);
  }
  const { limit: max, period } = limit.quota;
  const observed = { ...holder, limit: String(max), period };
  return cost > max
    ? reason("QUOTA_EXCEEDED", { ...observed, cost: String(cost) }, "never")
    : reason("QUOTA_EXCEEDED", observed, variant);
}

function holderOf({ scope, policy }: Limit): Record<string, string> {
  if (policy === undefined) return { limitOf: scope === "key" ? "key" : "project" };
  return { limitOf: "plan", plan: policy.plan, policy: policy.name };
}

/** Updates a counter's state with an allowed call of `cost` units. */
export function countCall(counted: CounterState, cost: number): void {
  counted.used += cost;
  const { limit, resetMs } = counted;
  if (cost > 0 && resetMs === 0 && limit.kind === "rate") counted.resetMs = limit.rate.windowSeconds * 1_000;
}
