import { expect, test } from "vitest";
import { importedHint, shapesOf } from "./token-shape.ts";

const SHAPES = [
  { prefix: "sk_live_", minLength: 20, maxLength: 40 },
  { prefix: "", minLength: 32, maxLength: 64 },
];
const found = (text: string) => shapesOf(SHAPES, ["lk", "old"], text).map(({ prefix }) => prefix);

test("a text has a shape by its prefix and length, both ends included", () => {
  expect(found(`sk_live_${"a".repeat(12)}`)).toEqual(["sk_live_"]);
  expect(found(`sk_live_${"a".repeat(11)}`)).toEqual([]);
  expect(found(`sk_live_${"a".repeat(32)}`)).toEqual(["sk_live_", ""]);
  expect(found("b".repeat(64))).toEqual([""]);
  expect(found("b".repeat(65))).toEqual([]);
});

test.each([
  ["a space", `${"a".repeat(20)} ${"a".repeat(20)}`],
  ["a line break", `${"a".repeat(20)}\n${"a".repeat(20)}`],
  ["a letter outside ASCII", `${"a".repeat(40)}é`],
  ["a NUL", `${"a".repeat(40)}\0`],
])("a text with %s has no shape", (_, text) => {
  expect(found(text)).toEqual([]);
});

test("what starts like a token of this deployment is never an imported one, even with a wrong checksum", () => {
  for (const start of ["lk_live_", "lk_test_", "lk_svc_", "lk_mgt_", "lk_scim_", "old_live_"])
    expect(found(`${start}${"a".repeat(36)}`)).toEqual([]);
  expect(found(`lk_other_${"a".repeat(36)}`)).toEqual([""]);
});

test("a hint shows four characters after the prefix, and the last four if they are known", () => {
  const [shape = SHAPES[0]] = SHAPES;
  expect(importedHint({ prefix: shape?.prefix ?? "" }, "sk_live_abcdefgh1234", "sk_live_abcdefgh1234")).toBe(
    "sk_live_abcd…1234",
  );
  expect(importedHint({ prefix: "sk_live_" }, "sk_live_abcdefgh")).toBe("sk_live_abcd…");
  expect(importedHint({ prefix: "sk_live_" }, "")).toBe("sk_live_…");
});
