import { array, assert, double, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { distribute } from "./random.ts";

const weights = array(double({ min: 0.001, max: 1_000, noNaN: true }), { minLength: 1, maxLength: 50 });
const offsets = integer({ min: 0, max: 999 }).map((n) => n / 1_000);

test("the shares add up to the total, and none is negative", () => {
  const adds = property(weights, integer({ min: 0, max: 1_000_000 }), offsets, (w, total, offset) => {
    const shares = distribute(w, total, offset);
    expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
  });
  assert(adds);
});

test("each share is the weight's exact share, rounded up or down", () => {
  const fair = property(weights, integer({ min: 0, max: 1_000_000 }), offsets, (w, total, offset) => {
    const sum = w.reduce((a, b) => a + b, 0);
    distribute(w, total, offset).forEach((share, i) => {
      expect(Math.abs(share - ((w[i] ?? 0) / sum) * total)).toBeLessThan(1.001);
    });
  });
  assert(fair);
});

test("weights of zero get zero", () => {
  expect(distribute([0, 0], 5, 0.5)).toEqual([0, 0]);
  expect(distribute([], 5, 0.5)).toEqual([]);
});
