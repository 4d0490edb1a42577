import { periodAt } from "#core/limits/period.ts";
import type { Limit } from "#core/limits/types.ts";

/** The name of a limit's counter: a key's rate, its day and its month are three. */
export function nameOf(limit: Limit): string {
  return limit.kind === "rate" ? `rate ${limit.counter}` : `${limit.quota.period} ${limit.counter}`;
}

/** The same for each period of a quota by itself. */
export function nameAt(limit: Limit, nowMs: number): string {
  return limit.kind === "rate"
    ? nameOf(limit)
    : `${nameOf(limit)} ${periodAt(limit.quota.period, nowMs).start}`;
}
