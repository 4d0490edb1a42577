import { DAY_MS, HOUR_MS } from "#core/time.ts";
import type { Rotation } from "#domain/keys/rotation/schema.ts";
import { dateInputValue } from "../keys/expiry.ts";

const SECONDS = { now: 0, hour: 3_600, day: 86_400, week: 604_800, month: 2_592_000 };

export const OVERLAP_CHOICES = ["now", "hour", "day", "week", "month", "date"] as const;

/** The last selectable day in the reader's time zone, for a date input. */
export const lastDayOf = (nowMs: number): string => dateInputValue(nowMs + SECONDS.month * 1000);

/**
 * How long the old secret keeps working, in seconds; null for a date that is missing, past or invalid. The end of
 * the last selectable day exceeds the maximum, so that day means the maximum.
 */
export function overlapSecondsOf(choice: string, date: string, nowMs: number): number | null {
  if (choice in SECONDS) return SECONDS[choice as keyof typeof SECONDS];
  const end = new Date(`${date}T23:59:59`).getTime();
  if (Number.isNaN(end) || end <= nowMs) return null;
  const seconds = Math.floor((end - nowMs) / 1000);
  return date === lastDayOf(nowMs) ? Math.min(seconds, SECONDS.month) : seconds;
}

/** Whether the old secret can be ended: in use, too early to say, or unused for an hour, a day or since the rotation. */
export type OldSecretUse = "in-use" | "too-early" | "hour" | "day" | "unused";

export function oldSecretUse(
  { older, rotatedAt }: Pick<Rotation, "older" | "rotatedAt">,
  nowMs: number,
): OldSecretUse {
  const since = Date.parse(rotatedAt);
  const lastUsed = older.lastUsedAt === null ? 0 : Date.parse(older.lastUsedAt);
  const usedSince = lastUsed >= since;
  if (older.lastHour > 0 && usedSince) return "in-use";
  if (nowMs - since < HOUR_MS) return usedSince ? "in-use" : "too-early";
  if (!usedSince) return "unused";
  return nowMs - lastUsed < DAY_MS ? "hour" : "day";
}
