const DAY = 86_400_000;

/** What a form offers as an end: none, so many days from now, or a date. */
export type ExpiryChoice = "never" | "30" | "90" | "date";

export const EXPIRY_OPTIONS: { value: ExpiryChoice; label: string }[] = [
  { value: "never", label: "Never" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "date", label: "On a date" },
];

/**
 * The instant of a choice as ISO 8601; null for never. A date means until its end, in the reader's zone;
 * "missing" where there is none or it can't be read.
 */
export function expiresAtOf(choice: string, date: string, nowMs: number): string | null {
  if (choice === "30" || choice === "90") return new Date(nowMs + Number(choice) * DAY).toISOString();
  if (choice !== "date") return null;
  const end = new Date(`${date}T23:59:59.999`);
  return Number.isNaN(end.getTime()) ? "missing" : end.toISOString();
}

/** The date of an instant in the reader's zone, as a date input takes it. */
export function dateInputValue(at: string | number): string {
  const date = new Date(at);
  const pad = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}
