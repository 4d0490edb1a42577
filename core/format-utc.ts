import { LOCALE } from "./format.ts";

/*
 * Times in texts whose reader's time zone is unknown, such as emails. `at`: ISO 8601 or epoch ms; what is neither is
 * returned as it is.
 */

const DATE = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeZone: "UTC" });
const TIME = new Intl.DateTimeFormat(LOCALE, {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
  timeZoneName: "short",
});

/** "Nov 23, 2026": the day in UTC. */
export function formatUtcDate(at: string | number): string {
  return formatted(DATE, at);
}

/** "Nov 23, 2026, 14:02 UTC". */
export function formatUtcTime(at: string | number): string {
  return formatted(TIME, at);
}

function formatted(format: Intl.DateTimeFormat, at: string | number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : format.format(date);
}
