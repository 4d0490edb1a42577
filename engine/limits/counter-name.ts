import { periodAt } from "#core/limits/period.ts";
import type { Limit } from "#core/limits/types.ts";

/**
 * Returns the name of a limit's counter. A key's rate, daily quota and monthly quota have separate counters, and so does
 * each day and each month: if the wall clock jumps past the end of a period and back, the old counter is used again.
 */
export function nameAt(limit: Limit, nowMs: number): string {
  if (limit.kind === "rate") return `rate ${limit.counter}`;
  const { period } = limit.quota;
  return `${period} ${limit.counter} ${periodAt(period, nowMs).start}`;
}
