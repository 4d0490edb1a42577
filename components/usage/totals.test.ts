import { expect, test } from "vitest";
import { percent } from "./totals.tsx";

test.each([
  [0, 0, "0 %"],
  [0, 10, "0 %"],
  [1, 1_000_000, "< 0.01 %"],
  [7, 1_000, "0.70 %"],
  [15, 1_000, "1.5 %"],
  [999_999, 1_000_000, "> 99.99 %"],
  [10, 10, "100 %"],
])("%i of %i is told as %s", (part, whole, words) => {
  expect(percent(part, whole)).toBe(words);
});
