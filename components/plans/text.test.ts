import { expect, test } from "vitest";
import { plansText } from "./text.ts";

test.each([
  ["", "This project has custom terms."],
  ["Contract of May 2026", "This project has custom terms: Contract of May 2026."],
  ["As agreed.", "This project has custom terms: As agreed."],
])("with the reason %j, custom terms are announced in one sentence", (reason, sentence) => {
  expect(plansText.choose.agreed(reason)).toBe(sentence);
});
