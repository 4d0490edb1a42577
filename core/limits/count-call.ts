import type { Counted } from "./types.ts";

/** Turns what a counter says before a call of `cost` units into what it says once that has passed. */
export function countCall(counted: Counted, cost: number): void {
  counted.used += cost;
  const { limit, resetMs } = counted;
  if (cost > 0 && resetMs === 0 && limit.kind === "rate") counted.resetMs = limit.rate.windowSeconds * 1_000;
}
