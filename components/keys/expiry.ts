const DAY = 86_400_000;

/** What a form offers as an end: none, so many days from now, or a date. */
export type ExpiryChoice = "never" | "30" | "90" | "date";

export const EXPIRY_OPTIONS: { value: ExpiryChoice; label: string }[] = [
  { value: "never", label: "Never" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "date", label: "On a date" },
];

interface ExpiryInput {
  choice: string;
  /** As a date input gives it. */
  date: string;
  nowMs: number;
  /** What is stored; it stays to the millisecond while its date does. */
  current?: string | null | undefined;
}

/**
 * The instant of a choice as ISO 8601; null for never. A date means until its end, in the reader's zone;
 * "missing" where there is none or it can't be read.
 */
export function expiresAtOf({ choice, date, nowMs, current }: ExpiryInput): string | null {
  if (choice === "30" || choice === "90") return new Date(nowMs + Number(choice) * DAY).toISOString();
  if (choice !== "date") return null;
  if (current && date === dateInputValue(current)) return current;
  const end = new Date(`${date}T23:59:59.999`);
  return Number.isNaN(end.getTime()) ? "missing" : end.toISOString();
}

/** The date of an instant as a date input takes it, in a zone: the reader's unless one is given. */
export function dateInputValue(at: string | number, timeZone?: string): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone }).format(new Date(at));
}
