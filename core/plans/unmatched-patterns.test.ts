import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesOperation } from "../restrictions/apis.ts";
import type { PlanTerms } from "./terms.ts";
import { patternsOf, unmatchedPatterns } from "./unmatched-patterns.ts";

const limit = (operations: string | null) => ({ name: "a", operations, rate: null, quota: null });

test("patterns of limits and units that match no operation are found, each once", () => {
  const terms: Partial<PlanTerms>[] = [
    { limits: [limit(null), limit("export.*"), limit("exprot.*")], unitsPerOperation: { "*": 2, statsu: 0 } },
    { unitsPerOperation: { "exprot.*": 20, status: 1, "Status*": 1 } },
  ];
  expect(unmatchedPatterns(terms, ["status", "export.csv"])).toEqual(["exprot.*", "statsu", "Status*"]);
});

test("an API without operations takes any name, so every pattern may match", () => {
  expect(unmatchedPatterns([{ unitsPerOperation: { "export.*": 20 } }], [])).toEqual([]);
});

test("a pattern is unmatched exactly if no operation matches it", () => {
  const name = fc.string({ unit: fc.constantFrom("a", "b", ".", "é", "😀"), minLength: 1, maxLength: 4 });
  const pattern = fc.tuple(name, fc.constantFrom("", "*")).map(([start, end]) => start + end);
  fc.assert(
    fc.property(fc.array(name, { minLength: 1 }), fc.array(pattern), (operations, patterns) => {
      const terms = [{ unitsPerOperation: Object.fromEntries(patterns.map((one) => [one, 1])) }];
      const expected = patternsOf(terms).filter((one) => !operations.some((op) => matchesOperation(one, op)));
      expect(unmatchedPatterns(terms, operations)).toEqual(expected);
    }),
  );
});
