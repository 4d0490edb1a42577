import { HOUR_MS } from "#core/time.ts";

/** A month is closed so long after its end, ms: until then, late usage still counts. */
const CLOSES_AFTER_MS = 48 * HOUR_MS;

/** A calendar month in UTC. */
export interface CalendarMonth {
  /** As `2026-11`. */
  name: string;
  start: number;
  /** Exclusive. */
  end: number;
  closesAt: number;
}

/** Whether a text is the name of a month, as `2026-11`. */
export function isMonth(text: string): boolean {
  return /^20\d\d-(0[1-9]|1[0-2])$/.test(text);
}

/** The month with this name, as `2026-11`. */
export function monthNamed(name: string): CalendarMonth {
  const [year = 0, month = 1] = name.split("-").map(Number);
  const [start, end] = [Date.UTC(year, month - 1), Date.UTC(year, month)];
  return { name, start, end, closesAt: end + CLOSES_AFTER_MS };
}

/** The month that contains an instant. */
export function monthAt(atMs: number): CalendarMonth {
  return monthNamed(new Date(atMs).toISOString().slice(0, 7));
}

/** The newest month that is closed at `nowMs`, or can be. */
export function lastEndedMonth(nowMs: number): CalendarMonth {
  const before = monthBefore(monthAt(nowMs));
  return before.closesAt <= nowMs ? before : monthBefore(before);
}

/** A month by its name, or the month that contains `nowMs` if that is no name of a month that has begun. */
export function monthOrCurrent(name: string | null, nowMs: number): string {
  const current = monthAt(nowMs).name;
  return name !== null && isMonth(name) && name <= current ? name : current;
}

/** The month before, or `count` months before. */
export function monthBefore({ start }: Pick<CalendarMonth, "start">, count = 1): CalendarMonth {
  const at = new Date(start);
  return monthAt(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - count));
}
