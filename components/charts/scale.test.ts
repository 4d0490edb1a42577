import { expect, test } from "vitest";
import { countTicks } from "./scale.ts";

test.each([0, 1, 3, 4, 7, 99, 100, 101, 3_471, 88_888, 1_000_001])(
  "an axis reaches %i in a few round whole steps",
  (max) => {
    const ticks = countTicks(max);
    expect(ticks[0]).toBe(0);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(1, max));
    expect(ticks.length).toBeLessThanOrEqual(6);
    expect(ticks.every(Number.isInteger)).toBe(true);
  },
);
