import { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { DelayedRejection } from "./delayed-rejection.ts";

const response = () =>
  new ServerResponse({ method: "GET", httpVersionMajor: 1, httpVersionMinor: 1 } as never);

/** A random source without variation. */
const NO_LESS = () => 0;

test("rejections are sent later, in order, and never to a client that has disconnected", () => {
  let nowMs = 0;
  const held = new DelayedRejection(() => nowMs, NO_LESS);
  const calls: string[] = [];
  const gone = response();
  held.delay(response(), () => calls.push("first"));
  held.delay(gone, () => calls.push("gone"));
  nowMs = 100;
  held.delay(response(), () => calls.push("second"));
  gone.destroy();
  nowMs = 699;
  held.sendDue();
  expect(calls).toEqual([]);
  nowMs = 700;
  held.sendDue();
  expect(calls).toEqual(["first"]);
  nowMs = 10_000;
  held.sendDue();
  expect(calls).toEqual(["first", "second"]);
  nowMs = 20_000;
  held.delay(response(), () => calls.push("third"));
  nowMs = 20_700;
  held.sendDue();
  expect(calls.at(-1)).toBe("third");
});

test("more rejections mean a longer delay, but never a second", () => {
  for (const [waiting, firstMs, lastMs] of [
    [1_000, 700, 700],
    [20_000, 700, 950],
  ] as const) {
    let nowMs = 0;
    let calls = 0;
    const held = new DelayedRejection(() => nowMs, NO_LESS);
    for (let n = 0; n < waiting; n++) held.delay(response(), () => calls++);
    nowMs = firstMs - 1;
    held.sendDue();
    expect(calls).toBe(0);
    nowMs = lastMs - 10;
    held.sendDue();
    expect(calls).toBeLessThan(waiting);
    nowMs = lastMs;
    held.sendDue();
    expect(calls).toBe(waiting);
  }
});

test("clients that were rejected together are not answered at the same time", () => {
  let nowMs = 0;
  const held = new DelayedRejection(() => nowMs);
  let calls = 0;
  for (let n = 0; n < 1_000; n++) held.delay(response(), () => calls++);
  for (; calls < 1_000; nowMs += 10) {
    const callsBefore = calls;
    held.sendDue();
    expect(calls - callsBefore).toBeLessThan(200);
  }
  expect(nowMs).toBeGreaterThan(600);
});
