export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Start of the bucket of `lengthMs` that the instant is in; buckets begin at its multiples since the epoch. */
export function startOf(lengthMs: number, atMs: number): number {
  return Math.floor(atMs / lengthMs) * lengthMs;
}

/** An instant as the API writes it: ISO 8601 in UTC. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
