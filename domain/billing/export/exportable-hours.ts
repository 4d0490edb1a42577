import { DAY_MS, HOUR_MS, MINUTE_MS, startOf } from "#core/time.ts";
import { invalid } from "../../errors.ts";

/** An hour is closed this long after its end. By then, nearly all verifiers have reported their usage. */
const GRACE_MS = 10 * MINUTE_MS;
/**
 * Usage of older hours is not exported. Local verification accepts usage for 31 days, and hourly counts are kept for
 * 100 days, so that the counts of every exported hour are complete.
 */
export const MAX_AGE_MS = 90 * DAY_MS;
/** Events are kept for replays as long as the hourly counts, ms. */
export const EVENTS_KEPT_MS = 100 * DAY_MS;

/** The end of the last closed hour, epoch ms. */
export function closedUntil(nowMs: number): number {
  return startOf(HOUR_MS, nowMs - GRACE_MS);
}

/** The start of the oldest hour that is exported. */
export function oldestHour(nowMs: number): number {
  return startOf(HOUR_MS, nowMs - MAX_AGE_MS) + HOUR_MS;
}

/** Throws `invalid` unless usage from this hour on can be exported. */
export function requireExportable(from: number, nowMs: number): number {
  if (from < oldestHour(nowMs)) throw invalid("from", "Usage of at most the last 90 days can be exported.");
  if (from > startOf(HOUR_MS, nowMs)) throw invalid("from", "Choose an hour that has begun.");
  return from;
}
