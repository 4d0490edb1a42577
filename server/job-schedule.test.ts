import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { firstRuns, repeat } from "./job-schedule.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("no two jobs run for the first time at the same moment, and all within five seconds", () => {
  for (const phase of [0, 0.5, 0.999]) {
    const runs = firstRuns(20, phase);
    expect(runs).toHaveLength(20);
    const gaps = runs.slice(1).map((at, index) => at - (runs[index] ?? 0));
    for (const gap of gaps) expect(gap).toBeCloseTo(250);
    expect(Math.min(...runs)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...runs)).toBeLessThan(5_000);
  }
});

test("a job first runs after its delay, then at its interval, and never twice at once", async () => {
  const runs: number[] = [];
  let finish = () => {};
  const startedAt = Date.now();
  const stop = repeat(
    () => {
      runs.push(Date.now() - startedAt);
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
    { firstInMs: 300, everyMs: 1_000 },
  );
  await vi.advanceTimersByTimeAsync(2_500);
  expect(runs).toEqual([300]);
  finish();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(runs).toEqual([300, 3_300]);

  let isStopped = false;
  const stopping = stop().then(() => {
    isStopped = true;
  });
  await vi.advanceTimersByTimeAsync(5_000);
  expect([isStopped, runs.length]).toEqual([false, 2]);
  finish();
  await stopping;
  expect(vi.getTimerCount()).toBe(0);
});

test("a job that is stopped before its first run never runs", async () => {
  const work = vi.fn(async () => {});
  await repeat(work, { firstInMs: 300, everyMs: 1_000 })();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(work).not.toHaveBeenCalled();
});
