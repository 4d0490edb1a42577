import { expect, test } from "vitest";
import { duplicateNames, markRepeated } from "./duplicate-names.ts";

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
  const names = Array.from({ length: 1_000 }, (_, at) => `"x${at}": 1`).join();
  expect(duplicateNames(`{${names},${names}}`, 3)).toHaveLength(3);
  expect(duplicateNames(JSON.stringify({ a: '\\"'.repeat(500_000), b: "x".repeat(1_000_000) }))).toEqual([]);
});

test("deep texts take linear time and little memory", () => {
  const depth = 300_000;
  const lists = `{"keys": [${"[".repeat(depth)}${"]".repeat(depth)}, {"a": 1, "a": 2}]}`;
  expect(duplicateNames(lists)).toEqual([["keys", "1", "a"]]);
  const objects = `${'{"a": 1, "a": '.repeat(depth)}1${"}".repeat(depth)}`;
  expect(duplicateNames(objects, Number.POSITIVE_INFINITY)).toHaveLength(16);
});

test("in a list, the path has the position", () => {
  const json =
    '{"keys": [null, "a,b", {"tags": ["x", ["y", {}]], "metadata": {"a": 1, "a": 2}}, {"name": "x", "name": "y"}]}';
  expect(duplicateNames(json)).toEqual([
    ["keys", "2", "metadata", "a"],
    ["keys", "3", "name"],
  ]);
});

test("a repeated name gets a list of values, which no field takes, and nothing else changes", () => {
  const mark = (json: string) => {
    const value: unknown = JSON.parse(json);
    markRepeated(value, duplicateNames(json));
    return value;
  };
  expect(mark('{"keys": [{"a": 1}, {"a": 1, "a": 2, "metadata": {"b": 1, "b": null}}]}')).toEqual({
    keys: [{ a: 1 }, { a: [2, 2], metadata: { b: [null, null] } }],
  });
  expect(mark('{"a": {"b": 1, "b": 2}, "a": {"c": 1}}')).toEqual({ a: [{ c: 1 }, { c: 1 }] });
  const often = mark(
    `{"a": 1${', "a": 1'.repeat(100)}, "b": {"0": 1, "0": 2}${', "b": {"0": 1, "0": 2}'.repeat(100)}}`,
  );
  expect(often).toEqual({ a: [1, 1], b: [{ 0: [2, 2] }, { 0: [2, 2] }] });
  const hostile = mark('{"__proto__": {"x": 1, "x": 2}, "__proto__": 3, "constructor": 1, "constructor": 2}');
  expect(Object.getPrototypeOf(hostile)).toBe(Object.prototype);
  expect(({} as { x?: unknown }).x).toBeUndefined();
  expect(Object.keys(hostile as object).sort()).toEqual(["__proto__", "constructor"]);
});
