import { expect, test } from "vitest";
import { chosenCount, isChosen, NOTHING, type Selection, toggle, togglePage } from "./selection.ts";

const some = (...ids: string[]): Selection => ({ all: false, ids: new Set(ids) });

test("rows that are selected on one page stay selected on the next", () => {
  const first = togglePage(NOTHING, ["a", "b"]);
  const second = toggle(first, "c", ["c", "d"]);
  expect(second).toEqual(some("a", "b", "c"));
  expect(chosenCount(second, 100)).toBe(3);
});

test("toggling a fully selected page deselects that page only", () => {
  expect(togglePage(some("a", "b", "c"), ["a", "b"])).toEqual(some("c"));
  expect(togglePage(some("a"), ["a", "b"])).toEqual(some("a", "b"));
});

test("deselecting one of all rows keeps no row that was never shown", () => {
  expect(toggle({ all: true }, "a", ["a", "b"])).toEqual(some("b"));
  expect(togglePage({ all: true }, ["a", "b"])).toEqual(NOTHING);
  expect(isChosen({ all: true }, "z")).toBe(true);
  expect(chosenCount({ all: true }, 12)).toBe(12);
});
