import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import { noise } from "./random.ts";

/** An hour of traffic, or part of one. */
export interface Slot {
  hourMs: number;
  /** 0 to 59. */
  fromMinute: number;
  /** Exclusive, 1 to 60. */
  toMinute: number;
}

/** The hours between two instants, rounded to minutes; the first and the last may be partial. */
export function slotsBetween(fromMs: number, toMs: number): Slot[] {
  const end = startOf(MINUTE_MS, toMs);
  const slots: Slot[] = [];
  let at = startOf(MINUTE_MS, fromMs);
  while (at < end) {
    const hourMs = startOf(HOUR_MS, at);
    const until = Math.min(hourMs + HOUR_MS, end);
    slots.push({
      hourMs,
      fromMinute: (at - hourMs) / MINUTE_MS,
      toMinute: (until - hourMs) / MINUTE_MS,
    });
    at = until;
  }
  return slots;
}

/** A minute in the office hours of the day `days` (1 or more, or negative) before `nowMs`. */
export function daysAgo(nowMs: number, days: number, what: string): number {
  const minuteOfDay = Math.floor((8 + 9 * noise("office hours", what)) * 60);
  return startOf(DAY_MS, nowMs - days * DAY_MS) + minuteOfDay * MINUTE_MS;
}

/** The same, on the hour: changes that affect a verdict happen then, because traffic is distributed by hours. */
export function hourOn(nowMs: number, days: number, what: string): number {
  return startOf(HOUR_MS, daysAgo(nowMs, days, what));
}
