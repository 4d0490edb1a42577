import { LOCALE, plural } from "#core/format.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#core/time.ts";

const TIME_UNITS = [
  { ms: 365 * DAY_MS, name: "year" },
  { ms: 30 * DAY_MS, name: "month" },
  { ms: DAY_MS, name: "day" },
  { ms: HOUR_MS, name: "hour" },
  { ms: MINUTE_MS, name: "minute" },
] as const;

/** "5 days": the largest unit, rounded down: 47 hours are 1 day. Null for less than a minute. */
function largestUnit(ms: number): string | null {
  const unit = TIME_UNITS.find((each) => ms >= each.ms);
  return unit ? plural(Math.floor(ms / unit.ms), unit.name) : null;
}

/** "3 hours ago", "in 5 days", "just now". Both times in epoch ms. */
export function formatRelativeTime(at: number, now: number): string {
  const distance = largestUnit(Math.abs(at - now));
  if (distance !== null) return at < now ? `${distance} ago` : `in ${distance}`;
  // The clock of a browser may be slightly behind.
  return at <= now + MINUTE_MS / 2 ? "just now" : "in under a minute";
}

/** "5 days" or "under a minute", for texts such as "expires in …". */
export function formatDuration(ms: number): string {
  return largestUnit(ms) ?? "under a minute";
}

const DATE_TIME: Intl.DateTimeFormatOptions = {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
};

const DATE: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };
const HOUR: Intl.DateTimeFormatOptions = {
  ...DATE,
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
  timeZoneName: "short",
};

/** "Mon, Nov 23, 2026, 14:02:31 GMT+1", in the reader's time zone unless one is given. */
export function formatDateTime(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat(LOCALE, { ...DATE_TIME, timeZone }).format(at);
}

/** "Nov 23, 2026, 14:00 UTC": an hour of usage, which begins and ends by UTC. */
export function formatHour(at: number): string {
  return new Intl.DateTimeFormat(LOCALE, HOUR).format(at);
}

/** "November 2026", in UTC. */
export function formatMonth(at: number): string {
  return new Intl.DateTimeFormat(LOCALE, { month: "long", year: "numeric", timeZone: "UTC" }).format(at);
}

/** "Nov 23, 2026" in a time zone: the reader's, or UTC for the period of a quota. */
export function formatDate(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat(LOCALE, { ...DATE, timeZone }).format(at);
}
