import { expect, test } from "vitest";
import { moveInTable, type TablePress } from "./table-moves.ts";

/** Headings with a checkbox and two that sort, then rows: checkbox, name, two tags in the same cell, menu. */
const ROW = [0, 1, 1, 1, 7];
/** A row without a checkbox. */
const REVOKED = [1, 7];
const LAYOUT = {
  rows: [[0, 1, 3], ROW, REVOKED, ROW, ...Array.from({ length: 20 }, () => ROW)],
  headings: 1,
};
const LAST = LAYOUT.rows.length - 1;

/** Where the press leads from `[row, position]`; null if nowhere. */
function move(
  key: string,
  [row, position]: [number, number],
  column: number,
  rest: Partial<TablePress> = {},
) {
  const press = { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...rest };
  const to = moveInTable(press, LAYOUT, { row, position }, column);
  return to && [to.row, to.position];
}

test("left and right move through what a row contains, and stop at its ends", () => {
  expect(move("ArrowRight", [1, 0], 0)).toEqual([1, 1]);
  expect(move("ArrowRight", [1, 3], 1)).toEqual([1, 4]);
  expect(move("ArrowRight", [1, 4], 7)).toBeNull();
  expect(move("ArrowLeft", [1, 4], 7)).toEqual([1, 3]);
  expect(move("ArrowLeft", [1, 0], 0)).toBeNull();
});

test("up and down stay in the column, and lead to the headings and back", () => {
  expect(move("ArrowDown", [1, 4], 7)).toEqual([2, 1]);
  expect(move("ArrowDown", [2, 1], 7)).toEqual([3, 4]);
  expect(move("ArrowUp", [1, 1], 1)).toEqual([0, 1]);
  expect(move("ArrowDown", [0, 1], 1)).toEqual([1, 1]);
  expect(move("ArrowUp", [0, 1], 1)).toBeNull();
  expect(move("ArrowDown", [LAST, 1], 1)).toBeNull();
});

test("a column is kept across a row that has nothing there, and a heading without a row below it leads to what is before", () => {
  expect(move("ArrowDown", [1, 0], 0)).toEqual([2, 0]);
  expect(move("ArrowDown", [2, 0], 0)).toEqual([3, 0]);
  expect(move("ArrowDown", [0, 2], 3)).toEqual([1, 1]);
});

test("Home and End lead to the ends of the row, with Ctrl to those of the rows below the headings", () => {
  expect(move("Home", [3, 2], 1)).toEqual([3, 0]);
  expect(move("End", [3, 2], 1)).toEqual([3, 4]);
  expect(move("Home", [5, 2], 1, { ctrlKey: true })).toEqual([1, 0]);
  expect(move("End", [5, 2], 1, { ctrlKey: true })).toEqual([LAST, 4]);
});

test("a page is ten rows, and does not lead into the headings", () => {
  expect(move("PageDown", [1, 1], 1)).toEqual([11, 1]);
  expect(move("PageDown", [LAST - 2, 1], 1)).toEqual([LAST, 1]);
  expect(move("PageUp", [14, 1], 1)).toEqual([4, 1]);
  expect(move("PageUp", [5, 1], 1)).toEqual([1, 1]);
  expect(move("PageUp", [0, 1], 1)).toBeNull();
});

test("other keys, and keys with modifiers that mean something else, move nothing", () => {
  for (const key of ["Enter", " ", "Tab", "a"]) expect(move(key, [3, 1], 1)).toBeNull();
  for (const rest of [{ altKey: true }, { metaKey: true }, { shiftKey: true }, { ctrlKey: true }])
    expect(move("ArrowDown", [3, 1], 1, rest)).toBeNull();
});
