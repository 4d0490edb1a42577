import { expect, test } from "vitest";
import { CircuitBreaker, type Permit } from "../src/circuit-breaker.ts";

/** A permitted request. */
function begin(breaker: CircuitBreaker, nowMs: number): Permit {
  const permit = breaker.begin(nowMs);
  if (permit === null) throw new Error(`No request is permitted at ${nowMs}.`);
  return permit;
}

/** Fails one permitted request at each of these times, ms. */
function failAt(breaker: CircuitBreaker, ...times: number[]): void {
  for (const time of times) begin(breaker, time).fail(time);
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
  begin(breaker, 0).succeed();
  failAt(breaker, 0, 0, 0, 0);
  expect(breaker.allows(0)).toBe(true);
});

test("after the pause a single request tries the verifier", () => {
  const breaker = new CircuitBreaker();
  failAt(breaker, 0, 0, 0, 0, 0);
  const trial = begin(breaker, 1_000);
  expect(breaker.begin(1_000)).toBeNull();
  trial.abandon();
  expect(breaker.allows(1_000)).toBe(true);
  begin(breaker, 1_000).succeed();
  expect(breaker.allows(1_000)).toBe(true);
  failAt(breaker, 1_000, 1_000, 1_000, 1_000);
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

test("requests that were sent before the breaker opened neither lengthen the pause nor end a try", () => {
  const breaker = new CircuitBreaker();
  const [early, failing, canceled] = [begin(breaker, 0), begin(breaker, 0), begin(breaker, 0)];
  failAt(breaker, 0, 0, 0, 0, 0);
  early.fail(500);
  const trial = begin(breaker, 1_000);
  failing.fail(1_000);
  canceled.abandon();
  expect(breaker.begin(60_000)).toBeNull();
  trial.fail(1_000);
  expect(breaker.allows(2_999)).toBe(false);
  expect(breaker.allows(3_000)).toBe(true);
});

test("requests that were sent before the breaker closed again are not counted", () => {
  const breaker = new CircuitBreaker();
  const old = Array.from({ length: 5 }, () => begin(breaker, 0));
  failAt(breaker, 0, 0, 0, 0, 0);
  begin(breaker, 1_000).succeed();
  for (const permit of old) permit.fail(1_000);
  expect(breaker.allows(1_000)).toBe(true);
  failAt(breaker, 1_000, 1_000, 1_000, 1_000);
  expect(breaker.allows(1_000)).toBe(true);
});

test("an answer to an earlier request closes the breaker, whatever comes of the try", () => {
  const breaker = new CircuitBreaker();
  const slow = begin(breaker, 0);
  failAt(breaker, 0, 0, 0, 0, 0);
  const trial = begin(breaker, 1_000);
  slow.succeed();
  trial.fail(1_000);
  expect(breaker.allows(1_000)).toBe(true);
  failAt(breaker, 1_000, 1_000, 1_000, 1_000);
  expect(breaker.allows(1_000)).toBe(true);
  failAt(breaker, 1_000);
  expect(breaker.allows(1_999)).toBe(false);
  expect(breaker.allows(2_000)).toBe(true);
});
