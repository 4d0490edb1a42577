import { expect, test } from "vitest";
import { reachWords } from "./reach-words.ts";

const at = (verifiers: number, reached: number, more = {}) =>
  reachWords("The key", { reach: { seq: 1, verifiers, reached }, tookMs: 234, over: false, ...more });

test("a change that all know of says how long it took and who they are", () => {
  expect(at(3, 3)).toBe("The key is refused everywhere after 0.2 s, 3 of 3 verifiers.");
  expect(at(1, 1)).toBe("The key is refused everywhere after 0.2 s, 1 of 1 verifier.");
});

test("while one is missing nothing is called done", () => {
  expect(at(3, 2)).toBe("Telling the verifiers: 2 of 3 verifiers so far…");
  expect(at(3, 2, { over: true })).not.toContain("everywhere");
  expect(reachWords("The key", { reach: null, tookMs: 0, over: true })).not.toContain("everywhere");
});
