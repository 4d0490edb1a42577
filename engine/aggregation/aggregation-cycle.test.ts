import { expect, test } from "vitest";
import { AggregationCycle } from "./aggregation-cycle.ts";

test("waiting ends with a completed cycle that began after the call", async () => {
  const cycle = new AggregationCycle();
  let done = 0;
  cycle.begin();
  const completed = cycle.nextCompleted().then(() => done++);
  cycle.end();
  await Promise.resolve();
  expect(done).toBe(0);
  // This cycle fails: `end` is not called.
  cycle.begin();
  await Promise.resolve();
  expect(done).toBe(0);
  cycle.begin();
  cycle.end();
  await completed;
  expect(done).toBe(1);
});

test("it is known whether a caller waits for the next cycle", () => {
  const cycle = new AggregationCycle();
  expect(cycle.isAwaited).toBe(false);
  void cycle.nextCompleted();
  expect(cycle.isAwaited).toBe(true);
  cycle.begin();
  expect(cycle.isAwaited).toBe(false);
});
