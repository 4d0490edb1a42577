import fc from "fast-check";
import { expect, test } from "vitest";
import { SlidingWindow } from "./window.ts";

interface Step {
  /** Since the previous step, ms. */
  afterMs: number;
  units: number;
}

const steps = (longestMs: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({ afterMs: fc.integer({ min: 0, max: longestMs }), units: fc.integer({ min: 0, max: 5 }) }),
    { maxLength: 200 },
  );
const cases = fc
  .record({ windowMs: fc.constantFrom(1_000, 7_000, 60_000), limit: fc.integer({ min: 1, max: 40 }) })
  .chain((rate) => steps(rate.windowMs / 10).map((list) => ({ ...rate, steps: list })));

/** Runs the steps through a window. Returns which of them passed, and when. */
function run({ windowMs, limit, steps: list }: { windowMs: number; limit: number; steps: Step[] }) {
  const window = new SlidingWindow();
  const passed: { atMs: number; units: number }[] = [];
  let nowMs = 5_000_000;
  for (const { afterMs, units } of list) {
    nowMs += afterMs;
    window.slide(nowMs, windowMs);
    if (window.waitMs(nowMs, windowMs, limit, units) > 0) continue;
    window.add(nowMs, windowMs, units);
    passed.push({ atMs: nowMs, units });
  }
  return { window, passed, nowMs };
}

test("no span of the window's length ever holds more than the limit", () => {
  fc.assert(
    fc.property(cases, (one) => {
      const { passed } = run(one);
      for (const { atMs: from } of passed) {
        const inSpan = passed.filter(({ atMs }) => atMs >= from && atMs < from + one.windowMs);
        expect(inSpan.reduce((sum, { units }) => sum + units, 0)).toBeLessThanOrEqual(one.limit);
      }
    }),
  );
});

test("a call passes after the returned wait, and not a millisecond earlier", () => {
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 5 }), (one, units) => {
      fc.pre(units <= one.limit);
      const { window, nowMs } = run(one);
      const wait = window.waitMs(nowMs, one.windowMs, one.limit, units);
      if (wait > 0) {
        window.slide(nowMs + wait - 1, one.windowMs);
        expect(window.waitMs(nowMs + wait - 1, one.windowMs, one.limit, units)).toBeGreaterThan(0);
      }
      window.slide(nowMs + wait, one.windowMs);
      expect(window.waitMs(nowMs + wait, one.windowMs, one.limit, units)).toBe(0);
    }),
  );
});

test("units count for the window, and at most a sixtieth of it longer", () => {
  fc.assert(
    fc.property(cases, (one) => {
      const { window, passed, nowMs } = run(one);
      window.slide(nowMs, one.windowMs);
      const since = (ms: number) =>
        passed.filter(({ atMs }) => atMs > nowMs - ms).reduce((sum, { units }) => sum + units, 0);
      expect(window.used).toBeGreaterThanOrEqual(since(one.windowMs));
      expect(window.used).toBeLessThanOrEqual(since(one.windowMs * (61 / 60)));
    }),
  );
});

test("a call that costs more than the limit gets the whole window as its wait", () => {
  expect(new SlidingWindow().waitMs(0, 60_000, 5, 6)).toBe(60_000);
});

test("a window that is always full uses bounded memory", () => {
  const window = new SlidingWindow();
  for (let nowMs = 0; nowMs < 600_000; nowMs++) {
    window.slide(nowMs, 60_000);
    window.add(nowMs, 60_000, 1);
  }
  expect(window.entries().length).toBeLessThanOrEqual(62);
});
