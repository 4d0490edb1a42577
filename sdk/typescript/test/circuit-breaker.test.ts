import { expect, test } from "vitest";
import { CircuitBreaker } from "../src/circuit-breaker.ts";

/** Fails one permitted request at each of these times, ms. */
function failAt(breaker: CircuitBreaker, ...times: number[]): void {
  for (const time of times) {
    breaker.begin();
    breaker.fail(time);
  }
}

test("five failures in a row stop requests for a second", () => {
  const breaker = new CircuitBreaker();
  failAt(breaker, 0, 1, 2, 3);
  expect(breaker.allows(4)).toBe(true);
  failAt(breaker, 4);
  expect(breaker.allows(5)).toBe(false);
  expect(breaker.allows(1_003)).toBe(false);
  expect(breaker.allows(1_004)).toBe(true);
});

test("a success between failures starts the count again", () => {
  const breaker = new CircuitBreaker();
  failAt(breaker, 0, 0, 0, 0);
  breaker.succeed();
  failAt(breaker, 0, 0, 0, 0);
  expect(breaker.allows(0)).toBe(true);
});

test("after the pause a single request tries the verifier", () => {
  const breaker = new CircuitBreaker();
  failAt(breaker, 0, 0, 0, 0, 0);
  expect(breaker.allows(1_000)).toBe(true);
  breaker.begin();
  expect(breaker.allows(1_000)).toBe(false);
  breaker.abandon();
  expect(breaker.allows(1_000)).toBe(true);
  breaker.begin();
  breaker.succeed();
  expect(breaker.allows(1_000)).toBe(true);
});

test("each failed try doubles the pause, up to 30 seconds", () => {
  const breaker = new CircuitBreaker();
  failAt(breaker, 0, 0, 0, 0, 0);
  let now = 1_000;
  const pauses = Array.from({ length: 7 }, () => {
    failAt(breaker, now);
    const start = now;
    while (!breaker.allows(now)) now += 500;
    return now - start;
  });
  expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});
