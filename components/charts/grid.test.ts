import { expect, test } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import { gridOf } from "./grid.ts";

const base = Date.UTC(2026, 10, 23, 10);

function hourly(points: [number, number][], nowMs = base + 10 * HOUR_MS) {
  return gridOf({
    interval: "hour",
    fromMs: base,
    toMs: base + 4 * HOUR_MS,
    nowMs,
    series: [{ group: "VALID", label: "VALID", points }],
  });
}

test("an hour without requests is present with zero", () => {
  const grid = hourly([
    [base, 5],
    [base + 3 * HOUR_MS, 2],
  ]);
  expect(grid.groups[0]?.counts).toEqual([5, 0, 0, 2]);
  expect(grid.totals).toEqual([5, 0, 0, 2]);
  expect(grid.total).toBe(7);
});

test("only the current bucket is unfinished", () => {
  const grid = hourly([], base + 3 * HOUR_MS + 1);
  expect(grid.buckets.map((bucket) => bucket.unfinished)).toEqual([false, false, false, true]);
});

test("a range that starts inside a bucket includes the whole bucket", () => {
  const grid = gridOf({ interval: "hour", fromMs: base + 1, toMs: base + HOUR_MS + 1, nowMs: 0, series: [] });
  expect(grid.buckets.map((bucket) => bucket.fromMs)).toEqual([base, base + HOUR_MS]);
});

test("points outside the range are not added to its ends", () => {
  const grid = hourly([
    [base - HOUR_MS, 9],
    [base + 4 * HOUR_MS, 9],
  ]);
  expect(grid.total).toBe(0);
});
