/** The value of a `datetime-local` field for an instant in a time zone: "2026-11-23T14:00". */
export function localInput(at: number, zone: string): string {
  // The Swedish format is that of ISO 8601.
  const parts = new Intl.DateTimeFormat("sv-SE", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
  });
  return parts.format(at).replace(" ", "T");
}

/** The instant of a `datetime-local` field in UTC or in the reader's zone; NaN if the field is empty. */
export function readLocalInput(value: string, inUtc: boolean): number {
  return value === "" ? Number.NaN : Date.parse(inUtc ? `${value}Z` : value);
}
