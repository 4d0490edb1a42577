import { expect, test } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import { gridOf } from "./grid.ts";
import { OTHER, stackLargest, stackOutcomes } from "./stack.ts";

function gridWith(counts: Record<string, number>) {
  return gridOf({
    interval: "hour",
    fromMs: 0,
    toMs: HOUR_MS,
    nowMs: 0,
    series: Object.entries(counts).map(([group, count]) => ({ group, label: group, points: [[0, count]] })),
  });
}

test("denials are stacked above valid requests by family, with their codes as parts", () => {
  const layers = stackOutcomes(gridWith({ IP_NOT_ALLOWED: 2, KEY_EXPIRED: 3, VALID: 9, KEY_REVOKED: 4 }));
  expect(layers.map(({ id, total }) => [id, total])).toEqual([
    ["valid", 9],
    ["credential", 7],
    ["restriction", 2],
  ]);
  expect(layers[1]?.parts.map((part) => part.group)).toEqual(["KEY_REVOKED", "KEY_EXPIRED"]);
});

test("no layer is lost and none is counted twice when there are more groups than colors", () => {
  const counts = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`key ${index}`, index + 1]));
  const layers = stackLargest(gridWith(counts));
  expect(layers.reduce((sum, { total }) => sum + total, 0)).toBe(78);
  expect(layers.at(-1)).toMatchObject({ id: OTHER, label: "6 others", total: 21 });
});

test("the groups that the numbers already have as one are the last layer, however large, with their number", () => {
  const counts = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key ${index}`, index + 1]));
  const layers = stackLargest(gridWith({ ...counts, "(others)": 9_000 }), 1_000);
  expect(layers[0]?.id).toBe("key 49");
  expect(layers.at(-1)).toMatchObject({ id: OTHER, label: "994 others", total: 9_000 + 44 * 22.5 });
});

test("a single remaining group is shown by its own name", () => {
  const counts = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`key ${index}`, index + 1]));
  expect(stackLargest(gridWith(counts)).map(({ id }) => id)).toContain("key 0");
});

test("groups with equal totals keep their order, whichever came first", () => {
  const ids = (counts: Record<string, number>) => stackLargest(gridWith(counts)).map(({ id }) => id);
  expect(ids({ b: 1, a: 1 })).toEqual(ids({ a: 1, b: 1 }));
});
