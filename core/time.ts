export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The lengths of buckets of usage counts. */
export const USAGE_INTERVALS = ["minute", "hour", "day"] as const;

/** Length of a bucket of usage counts, ms. Buckets begin at multiples of it since the epoch, so days are UTC days. */
export const BUCKET_MS = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS } as const;

/** Start of the bucket of length `lengthMs` that contains `atMs`, epoch ms. Buckets start at multiples of their length. */
export function startOf(lengthMs: number, atMs: number): number {
  return Math.floor(atMs / lengthMs) * lengthMs;
}

/** An instant (epoch ms) as ISO 8601 in UTC, the format of the API. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** Like `iso`; null stays null. */
export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
