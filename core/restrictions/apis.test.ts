import fc from "fast-check";
import { expect, test } from "vitest";
import { compileApis, matchesOperation } from "./apis.ts";

test("an empty list allows every API", () => {
  expect(compileApis([])).toBeNull();
});

test("a pattern matches an operation exactly, or as a prefix if it ends in a star", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-zA-Z.]{1,12}$/),
      fc.stringMatching(/^[a-zA-Z.]{0,6}$/),
      (start, rest) => {
        expect(matchesOperation(`${start}*`, start + rest)).toBe(true);
        expect(matchesOperation(start, start + rest)).toBe(rest === "");
        expect(matchesOperation(`${start}x*`, start)).toBe(false);
      },
    ),
  );
});

test("the order of several entries for one API does not matter", () => {
  const entry = fc.record({
    api: fc.constantFrom("badges", "live"),
    operations: fc.array(fc.constantFrom("badges.sync", "badges.list", "live.*"), { maxLength: 3 }),
  });
  const meaning = (entries: { api: string; operations: string[] }[]) =>
    [...(compileApis(entries) ?? [])]
      .map(([api, { operations }]) => [api, [...new Set(operations)].sort()])
      .sort();
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), (entries) => {
      expect(meaning(entries.toReversed())).toEqual(meaning(entries));
    }),
  );
});

test("compiling does not modify its input", () => {
  const entries = [
    { api: "badges", operations: ["badges.sync"] },
    { api: "badges", operations: ["badges.list"] },
  ];
  compileApis(entries);
  expect(entries[0]?.operations).toEqual(["badges.sync"]);
});
