import { DAY_MS } from "#core/time.ts";

/** What a form offers: no expiry, a number of days from now, or a date. */
export const EXPIRY_CHOICES = ["never", "30", "90", "date"] as const;

interface ExpiryInput {
  choice: string;
  /** The value of a date input: "2026-11-23". */
  date: string;
  nowMs: number;
  /** The stored expiry; kept to the millisecond while its date is unchanged. */
  current?: string | null | undefined;
}

/**
 * The expiry of a choice as ISO 8601; null for never. A date means the end of that day in the reader's time zone.
 * Returns "missing" for a date that is absent or invalid.
 */
export function expiresAtOf({ choice, date, nowMs, current }: ExpiryInput): string | null {
  if (choice === "30" || choice === "90") return new Date(nowMs + Number(choice) * DAY_MS).toISOString();
  if (choice !== "date") return null;
  if (current && date === dateInputValue(current)) return current;
  const end = new Date(`${date}T23:59:59.999`);
  return Number.isNaN(end.getTime()) ? "missing" : end.toISOString();
}

/** The date for a date input, in a time zone: the reader's unless one is given. */
export function dateInputValue(at: string | number, timeZone?: string): string {
  // Swedish dates have the format of ISO 8601.
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone }).format(new Date(at));
}
