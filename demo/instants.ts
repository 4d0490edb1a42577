import { noise } from "./random.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "./time.ts";

/** A minute in the office hours of the day `days` (1 or more, or negative) before `nowMs`. */
export function daysAgo(nowMs: number, days: number, what: string): number {
  const minuteOfDay = Math.floor((8 + 9 * noise("office hours", what)) * 60);
  return startOf(DAY_MS, nowMs - days * DAY_MS) + minuteOfDay * MINUTE_MS;
}

/** The same, on the hour: changes that affect a verdict happen then, because traffic is distributed by hours. */
export function hourOn(nowMs: number, days: number, what: string): number {
  return startOf(HOUR_MS, daysAgo(nowMs, days, what));
}
