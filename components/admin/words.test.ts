import { expect, test } from "vitest";
import { perSecond } from "./words.ts";

test.each([
  [0, "0"],
  [1, "0.02"],
  [59, "0.98"],
  [60, "1"],
  [90, "1.5"],
  [5_999, "100"],
  [90_000, "1,500"],
])("%i checks in a minute are %s a second", (checks, words) => {
  expect(perSecond(checks)).toBe(words);
});
