import { expect, test } from "vitest";
import { propagationText } from "./text.ts";

const textAt = (verifiers: number, reached: number, finished = false) =>
  propagationText("The key", { propagation: { seq: 1, verifiers, reached }, tookMs: 234, finished });

test("a change that every verifier knows says how long it took and how many verifiers there are", () => {
  expect(textAt(3, 3)).toBe("The key is rejected everywhere after 0.2 s, 3 of 3 verifiers.");
  expect(textAt(1, 1)).toBe("The key is rejected everywhere after 0.2 s, 1 of 1 verifier.");
});

test("a change is not called complete while a verifier is missing", () => {
  expect(textAt(3, 2)).toBe("Updating verifiers: 2 of 3 verifiers so far…");
  expect(textAt(3, 2, true)).not.toContain("everywhere");
  expect(propagationText("The key", { propagation: null, tookMs: 0, finished: true })).not.toContain(
    "everywhere",
  );
});
