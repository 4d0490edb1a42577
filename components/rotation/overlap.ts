const SECONDS = { now: 0, hour: 3_600, day: 86_400, week: 604_800, month: 2_592_000 };

export const OVERLAP_OPTIONS = [
  { value: "now", label: "Not at all: it is refused now" },
  { value: "hour", label: "1 hour" },
  { value: "day", label: "1 day" },
  { value: "week", label: "7 days" },
  { value: "month", label: "30 days" },
  { value: "date", label: "Until a date" },
] as const;

/** How long the old secret goes on working, s; null where the date is missing, past or can't be read. */
export function overlapSecondsOf(choice: string, date: string, nowMs: number): number | null {
  if (choice in SECONDS) return SECONDS[choice as keyof typeof SECONDS];
  const end = new Date(`${date}T23:59:59`).getTime();
  return Number.isNaN(end) || end <= nowMs ? null : Math.floor((end - nowMs) / 1000);
}
