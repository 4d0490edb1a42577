import { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { DelayedRejection } from "./delayed-rejection.ts";

const response = () =>
  new ServerResponse({ method: "GET", httpVersionMajor: 1, httpVersionMinor: 1 } as never);

/** Lots that are all the same. */
const NO_LESS = () => 0;

test("rejections are sent later, in order, and never to a client that has disconnected", () => {
  let nowMs = 0;
  const held = new DelayedRejection(() => nowMs, NO_LESS);
  const told: string[] = [];
  const gone = response();
  held.delay(response(), () => told.push("first"));
  held.delay(gone, () => told.push("gone"));
  nowMs = 100;
  held.delay(response(), () => told.push("second"));
  gone.destroy();
  nowMs = 699;
  held.sendDue();
  expect(told).toEqual([]);
  nowMs = 700;
  held.sendDue();
  expect(told).toEqual(["first"]);
  nowMs = 10_000;
  held.sendDue();
  expect(told).toEqual(["first", "second"]);
  nowMs = 20_000;
  held.delay(response(), () => told.push("third"));
  nowMs = 20_700;
  held.sendDue();
  expect(told.at(-1)).toBe("third");
});

test("more rejections mean a longer delay, but never a second", () => {
  for (const [waiting, firstMs, lastMs] of [
    [1_000, 700, 700],
    [20_000, 700, 950],
  ] as const) {
    let nowMs = 0;
    let told = 0;
    const held = new DelayedRejection(() => nowMs, NO_LESS);
    for (let n = 0; n < waiting; n++) held.delay(response(), () => told++);
    nowMs = firstMs - 1;
    held.sendDue();
    expect(told).toBe(0);
    nowMs = lastMs - 10;
    held.sendDue();
    expect(told).toBeLessThan(waiting);
    nowMs = lastMs;
    held.sendDue();
    expect(told).toBe(waiting);
  }
});

test("clients that were rejected together are not answered together", () => {
  let nowMs = 0;
  const held = new DelayedRejection(() => nowMs);
  let told = 0;
  for (let n = 0; n < 1_000; n++) held.delay(response(), () => told++);
  for (; told < 1_000; nowMs += 10) {
    const toldBefore = told;
    held.sendDue();
    expect(told - toldBefore).toBeLessThan(200);
  }
  expect(nowMs).toBeGreaterThan(600);
});
