import { expect, test } from "vitest";
import { barOf } from "./sparkline.tsx";

test("one refusal among thousands can still be seen, inside the same height", () => {
  const bar = barOf({ valid: 9_999, refused: 1 }, 10_000);
  expect(bar.refused).toBeGreaterThanOrEqual(2);
  expect(bar.refused + bar.valid).toBeLessThanOrEqual(24);
});

test("a day without checks has no bar", () => {
  expect(barOf({ valid: 0, refused: 0 }, 10)).toEqual({ valid: 0, refused: 0 });
});
