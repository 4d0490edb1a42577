import { expect, test } from "vitest";
import { barOf } from "./sparkline.tsx";

test("one denied request among thousands is visible without a taller bar", () => {
  const bar = barOf({ valid: 9_999, denied: 1 }, 10_000);
  expect(bar.denied).toBeGreaterThanOrEqual(2);
  expect(bar.denied + bar.valid).toBeLessThanOrEqual(24);
});

test("a day without requests has no bar", () => {
  expect(barOf({ valid: 0, denied: 0 }, 10)).toEqual({ valid: 0, denied: 0 });
});
