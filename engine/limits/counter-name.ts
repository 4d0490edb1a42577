import { periodAt } from "#core/limits/period.ts";
import type { Limit } from "#core/limits/types.ts";

/**
 * The name of a limit's counter: a key's rate, its day and its month are three, and each day and each month is
 * one of its own. A wall clock that jumps over a period's end and back finds the counter that it left.
 */
export function nameAt(limit: Limit, nowMs: number): string {
  if (limit.kind === "rate") return `rate ${limit.counter}`;
  const { period } = limit.quota;
  return `${period} ${limit.counter} ${periodAt(period, nowMs).start}`;
}
