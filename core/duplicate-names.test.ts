import { expect, test } from "vitest";
import { duplicateNames } from "./duplicate-names.ts";

test("names that occur twice in one object are found with their path, however they are escaped", () => {
  const json = String.raw`{"a": 1, "metadata": {"team": "x", "te\u0061m": "y", "other": {"team": 1}}, "a" : 2}`;
  expect(duplicateNames(json)).toEqual([["metadata", "team"], ["a"]]);
});

test("the same name in different objects, or in a string, is not a duplicate", () => {
  const value = [
    { a: { a: '"a": {' }, b: ["a", "a", { a: "\\" }] },
    { a: 1, b: [{ a: 1 }, { a: 1 }] },
  ];
  expect(duplicateNames(JSON.stringify(value, null, 2))).toEqual([]);
});

test("at most the requested number of paths is listed, and long texts take linear time", () => {
  const twice = `{${'"x": 1,'.repeat(1_000)}"x": 1}`;
  expect(duplicateNames(twice, 3)).toHaveLength(3);
  expect(duplicateNames(JSON.stringify({ a: '\\"'.repeat(500_000), b: "x".repeat(1_000_000) }))).toEqual([]);
});
