/** The last day (UTC) of terms that end at an exact time: `2026-11-23`, or "" if they have no end. */
export function lastDayOf(endsAt: string | null): string {
  if (endsAt === null) return "";
  return new Date(Date.parse(endsAt) - 1).toISOString().slice(0, "2026-11-23".length);
}

/** When terms with this last day end: exactly as before if the day is the same. Null for "", no end. */
export function endOfLastDay(day: string, before: string | null): string | null | "invalid" {
  if (day === "") return null;
  if (day === lastDayOf(before)) return before;
  // Months of statements end by UTC too.
  const end = new Date(`${day}T23:59:59.999Z`);
  return Number.isNaN(end.getTime()) ? "invalid" : end.toISOString();
}
