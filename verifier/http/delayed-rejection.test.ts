import { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { DelayedRejection } from "./delayed-rejection.ts";

const response = () =>
  new ServerResponse({ method: "GET", httpVersionMajor: 1, httpVersionMinor: 1 } as never);

/** Lots that are all the same. */
const NO_LESS = () => 0;

test("who is turned away is told later, in order, and not at all when it has gone", () => {
  let nowMs = 0;
  const held = new DelayedRejection(() => nowMs, NO_LESS);
  const told: string[] = [];
  const gone = response();
  held.hold(response(), () => told.push("first"));
  held.hold(gone, () => told.push("gone"));
  nowMs = 100;
  held.hold(response(), () => told.push("second"));
  gone.destroy();
  nowMs = 699;
  held.look();
  expect(told).toEqual([]);
  nowMs = 700;
  held.look();
  expect(told).toEqual(["first"]);
  nowMs = 10_000;
  held.look();
  expect(told).toEqual(["first", "second"]);
  nowMs = 20_000;
  held.hold(response(), () => told.push("third"));
  nowMs = 20_700;
  held.look();
  expect(told.at(-1)).toBe("third");
});

test("the more are held, the longer, but never as long as a second", () => {
  for (const [waiting, firstMs, lastMs] of [
    [1_000, 700, 700],
    [20_000, 700, 950],
  ] as const) {
    let nowMs = 0;
    let told = 0;
    const held = new DelayedRejection(() => nowMs, NO_LESS);
    for (let n = 0; n < waiting; n++) held.hold(response(), () => told++);
    nowMs = firstMs - 1;
    held.look();
    expect(told).toBe(0);
    nowMs = lastMs - 10;
    held.look();
    expect(told).toBeLessThan(waiting);
    nowMs = lastMs;
    held.look();
    expect(told).toBe(waiting);
  }
});

test("those who came together are not told together", () => {
  let nowMs = 0;
  const held = new DelayedRejection(() => nowMs);
  let told = 0;
  for (let n = 0; n < 1_000; n++) held.hold(response(), () => told++);
  for (; told < 1_000; nowMs += 10) {
    const toldBefore = told;
    held.look();
    expect(told - toldBefore).toBeLessThan(200);
  }
  expect(nowMs).toBeGreaterThan(600);
});
