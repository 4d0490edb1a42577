import { dateInputValue } from "../keys/expiry.ts";

const SECONDS = { now: 0, hour: 3_600, day: 86_400, week: 604_800, month: 2_592_000 };

export const OVERLAP_OPTIONS = [
  { value: "now", label: "Not at all: it is refused now" },
  { value: "hour", label: "1 hour" },
  { value: "day", label: "1 day" },
  { value: "week", label: "7 days" },
  { value: "month", label: "30 days" },
  { value: "date", label: "Until a date" },
] as const;

/** The last day that can be chosen, where the reader is, as a date input takes it. */
export const lastDayOf = (nowMs: number): string => dateInputValue(nowMs + SECONDS.month * 1000);

/**
 * How long the old secret goes on working, s; null where the date is missing, past or can't be read. On the last
 * day that can be chosen it is the longest that is possible, for its end lies beyond.
 */
export function overlapSecondsOf(choice: string, date: string, nowMs: number): number | null {
  if (choice in SECONDS) return SECONDS[choice as keyof typeof SECONDS];
  const end = new Date(`${date}T23:59:59`).getTime();
  if (Number.isNaN(end) || end <= nowMs) return null;
  const seconds = Math.floor((end - nowMs) / 1000);
  return date === lastDayOf(nowMs) ? Math.min(seconds, SECONDS.month) : seconds;
}
