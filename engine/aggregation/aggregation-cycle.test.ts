import { expect, test } from "vitest";
import { AggregationCycle } from "./aggregation-cycle.ts";

test("who waits, waits for a round that began later, and got through", async () => {
  const rounds = new AggregationCycle();
  let done = 0;
  rounds.begin();
  const whole = rounds.whole().then(() => done++);
  rounds.end();
  await Promise.resolve();
  expect(done).toBe(0);
  // This one fails: it ends without saying so.
  rounds.begin();
  await Promise.resolve();
  expect(done).toBe(0);
  rounds.begin();
  rounds.end();
  await whole;
  expect(done).toBe(1);
});

test("it is known whether somebody waits for the next one", () => {
  const rounds = new AggregationCycle();
  expect(rounds.isAwaited).toBe(false);
  void rounds.whole();
  expect(rounds.isAwaited).toBe(true);
  rounds.begin();
  expect(rounds.isAwaited).toBe(false);
});
