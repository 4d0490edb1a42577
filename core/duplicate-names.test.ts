import { expect, test } from "vitest";
import { duplicateNames, isWithin, markRepeated } from "./duplicate-names.ts";

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
  const twice = `{${["a", "b", "c", "d"].map((name) => `"${name}": 1,`.repeat(1_000)).join("")}"x": 1}`;
  expect(duplicateNames(twice, 3)).toEqual([["a"], ["b"], ["c"]]);
  expect(duplicateNames(JSON.stringify({ a: '\\"'.repeat(500_000), b: "x".repeat(1_000_000) }))).toEqual([]);
});

test("deep nesting takes linear time and memory, and what follows it is still read", () => {
  const deep = (open: string, close: string) => {
    const nested = `${open.repeat(200_000)}1${close.repeat(200_000)}`;
    return `{"metadata": {"x": ${nested}, "a": 1, "a": 2}, "b": [${nested}], "b": 1}`;
  };
  for (const json of [deep("[", "]"), deep('{"y":', "}"), deep('[{"y":', "}]")])
    expect(duplicateNames(json)).toEqual([["metadata", "a"], ["b"]]);
});

test("nesting is counted as the parser counts it, not the brackets in texts", () => {
  const fits = (json: string, maxDepth: number, maxTotal: number) => isWithin(json, { maxDepth, maxTotal });
  const json = '{"a": [[], {"b": "[[[[{{{{\\"[[[["}], "[{[{": []}';
  expect([fits(json, 2, 5), fits(json, 3, 5), fits(json, 3, 4)]).toEqual([false, true, false]);
  expect([fits("[],".repeat(100), 1, 100), fits("[],".repeat(100), 1, 99)]).toEqual([true, false]);
  expect(fits('"[[[[', 1, 1)).toBe(true);
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
    keys: [{ a: 1 }, { a: [2, null], metadata: { b: [null, null] } }],
  });
  expect(mark('{"a": {"b": 1, "b": 2}, "a": {"c": 1}}')).toEqual({ a: [{ c: 1 }, null] });
  const [levels, leaf] = [12, JSON.stringify("x".repeat(1_000))];
  const names = `${'{"a": '.repeat(levels)}1${', "a": 1}'.repeat(levels)}`;
  const nested = `{"a": ${names}, "a": ${'{"a": '.repeat(levels)}${leaf}${"}".repeat(levels)}}`;
  const oftener = `{${`"b": ${leaf},`.repeat(30)} "c": 1}`;
  for (const json of [nested, oftener]) expect(JSON.stringify(mark(json)).length).toBeLessThan(json.length);
  const hostile = mark('{"__proto__": {"x": 1, "x": 2}, "__proto__": 3, "constructor": 1, "constructor": 2}');
  expect(Object.getPrototypeOf(hostile)).toBe(Object.prototype);
  expect(({} as { x?: unknown }).x).toBeUndefined();
  expect(Object.keys(hostile as object).sort()).toEqual(["__proto__", "constructor"]);
});
