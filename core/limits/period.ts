import type { Period } from "./types.ts";

/** Start of the calendar period (UTC) that contains `nowMs`, and start of the next one. Epoch ms. */
export function periodAt(period: Period, nowMs: number): { start: number; end: number } {
  const now = new Date(nowMs);
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  return period === "day"
    ? { start: Date.UTC(year, month, day), end: Date.UTC(year, month, day + 1) }
    : { start: Date.UTC(year, month), end: Date.UTC(year, month + 1) };
}
