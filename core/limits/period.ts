import type { Limit, Period } from "./types.ts";

/** Start of the calendar period (UTC) that contains `nowMs`, and start of the next one. Epoch ms. */
export function periodAt(period: Period, nowMs: number): { start: number; end: number } {
  const now = new Date(nowMs);
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  return period === "day"
    ? { start: Date.UTC(year, month, day), end: Date.UTC(year, month, day + 1) }
    : { start: Date.UTC(year, month), end: Date.UTC(year, month + 1) };
}

/**
 * When the current terms of a quota took effect, if that was within the period that contains `nowMs`; null otherwise.
 * A counter that was last used under earlier terms must be compared with the usage.
 */
export function newTermsAt(limit: Limit, nowMs: number): number | null {
  if (limit.kind !== "quota" || limit.termsSince === undefined) return null;
  return limit.termsSince > periodAt(limit.quota.period, nowMs).start ? limit.termsSince : null;
}

/**
 * Returns the name of a limit's counter. A key's rate, daily quota and monthly quota have separate counters, and so does
 * each day and each month: if the wall clock jumps past the end of a period and back, the old counter is used again.
 */
export function counterNameAt(limit: Limit, nowMs: number): string {
  if (limit.kind === "rate") return `rate ${limit.counter}`;
  const { period } = limit.quota;
  return `${period} ${limit.counter} ${periodAt(period, nowMs).start}`;
}
