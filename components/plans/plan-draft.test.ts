import { expect, test } from "vitest";
import { termsInput } from "#domain/plans/terms-schema.ts";
import { draftsOf, limitOf, linesToUnits, unitsToLines } from "./plan-draft.ts";

test("limits that are edited without a change are sent as they were", () => {
  const limits = [
    { name: "burst", operations: null, rate: { limit: 5, windowSeconds: 7 }, quota: null },
    { name: "exports", operations: "export.*", rate: null, quota: { limit: 9, period: "day" as const } },
  ];
  expect(draftsOf(limits).map(limitOf)).toEqual(limits);
});

test("units are lines of a pattern and a number, and a line without one is not lost", () => {
  const units = { "export.*": 20, status: 0 };
  expect(linesToUnits(unitsToLines(units))).toEqual(units);
  expect(linesToUnits("  a   3 \n\n")).toEqual({ a: 3 });
  expect(linesToUnits("export.*")).toEqual({ "export.*": Number.NaN });
  expect(linesToUnits("a many")).toEqual({ a: Number.NaN });
});

test("a colon behind a pattern is not part of it, unless the name of the operation ends in one", () => {
  expect(linesToUnits("badges.export: 20\nbadges.* : 2")).toEqual({ "badges.export": 20, "badges.*": 2 });
  const units = { "a:": 3, a: 2, "b::": 1 };
  expect(linesToUnits(unitsToLines(units))).toEqual(units);
});

test("a repeated pattern and one named __proto__ reach the server, which rejects them", () => {
  const units = JSON.parse(JSON.stringify(linesToUnits("a 1\na 2\na 3\n__proto__ 5")));
  expect(Object.entries(units)).toEqual([
    ["a", 1],
    ["a ", 2],
    ["a  ", 3],
    ["__proto__ ", 5],
  ]);
  expect(termsInput.unitsPerOperation.safeParse(units).success).toBe(false);
});
