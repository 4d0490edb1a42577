import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesGlob } from "./glob.ts";

const letters = fc.string({ unit: fc.constantFrom("a", "b", "-"), maxLength: 8 });
const patterns = fc.string({ unit: fc.constantFrom("a", "b", "-", "*", "?"), maxLength: 8 });

/** The definition, without any care for time. */
function matches([first, ...rest]: string[], text: string[]): boolean {
  if (first === undefined) return text.length === 0;
  if (first === "*")
    return matches(rest, text) || (text.length > 0 && matches(["*", ...rest], text.slice(1)));
  return text.length > 0 && (first === "?" || first === text[0]) && matches(rest, text.slice(1));
}

test("a star matches any characters, a question mark exactly one", () => {
  fc.assert(
    fc.property(patterns, letters, (pattern, text) => {
      expect(matchesGlob(pattern, text)).toBe(matches([...pattern], [...text]));
    }),
    { numRuns: 3_000 },
  );
  expect(matchesGlob("team-*", "team-")).toBe(true);
  expect(matchesGlob("??", "😀é")).toBe(true);
  expect(matchesGlob(".*[a", "anything")).toBe(false);
});

test("no pattern takes more steps than the product of the lengths", () => {
  const startedAt = performance.now();
  expect(matchesGlob(`${"*a".repeat(100)}b`, "a".repeat(100))).toBe(false);
  expect(matchesGlob(`${"*?".repeat(100)}b`, "a".repeat(100))).toBe(false);
  // An exponential search would not end.
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
