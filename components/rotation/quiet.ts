import type { Rotation } from "#domain/keys/rotation/types.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Whether the old secret can be ended: still sent, quiet for an hour, quiet for a day, or never sent since. */
export type Quiet = "busy" | "waiting" | "hour" | "day" | "unused";

/** How quiet the old secret is at `nowMs`. */
export function quietOf({ older, rotatedAt }: Pick<Rotation, "older" | "rotatedAt">, nowMs: number): Quiet {
  const since = Date.parse(rotatedAt);
  const lastUsed = older.lastUsedAt === null ? 0 : Date.parse(older.lastUsedAt);
  const usedSince = lastUsed >= since;
  if (older.lastHour > 0 && usedSince) return "busy";
  // Too soon after the rotation to call anything quiet.
  if (nowMs - since < HOUR_MS) return usedSince ? "busy" : "waiting";
  if (!usedSince) return "unused";
  return nowMs - lastUsed < DAY_MS ? "hour" : "day";
}
