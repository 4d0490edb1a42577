import { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { Admission } from "./admission.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));
const response = () =>
  new ServerResponse({ method: "GET", httpVersionMajor: 1, httpVersionMinor: 1 } as never);

test("so many are let in each turn of the event loop, and the next turn lets in as many again", async () => {
  const admission = new Admission();
  const admitted = () => Array.from({ length: 2_000 }, () => admission.admit()).filter(Boolean).length;
  const first = admitted();
  expect(first).toBe(512);
  expect(admission.refused).toBe(2_000 - first);
  expect(admission.admit()).toBe(false);
  await turn();
  expect(admitted()).toBe(first);
});

test("what goes on for longer than a burst is held to fewer, until a turn is quiet", async () => {
  let nowMs = 0;
  const admission = new Admission(() => nowMs);
  const admitted = (asked: number) =>
    Array.from({ length: asked }, () => admission.admit()).filter(Boolean).length;
  for (nowMs = 0; nowMs < 100; nowMs += 10) {
    expect(admitted(600)).toBe(512);
    await turn();
  }
  expect(admitted(600)).toBe(512);
  await turn();
  expect(admitted(600)).toBe(128);
  await turn();
  expect(admitted(40)).toBe(40);
  await turn();
  expect(admitted(600)).toBe(512);
});

test("who is turned away is told half a second later, in order, and not at all when it has gone", () => {
  let nowMs = 0;
  const admission = new Admission(() => nowMs);
  const told: string[] = [];
  const gone = response();
  admission.turnAway(response(), () => told.push("first"));
  admission.turnAway(gone, () => told.push("gone"));
  nowMs = 100;
  admission.turnAway(response(), () => told.push("second"));
  gone.destroy();
  nowMs = 499;
  admission.look();
  expect(told).toEqual([]);
  nowMs = 500;
  admission.look();
  expect(told).toEqual(["first"]);
  admission.look(true);
  expect(told).toEqual(["first", "second"]);
});

test("the more are turned away, the longer each waits to be told, but never as long as a second", () => {
  for (const [waiting, toldAfterMs] of [
    [1_000, 500],
    [2_500, 750],
    [20_000, 900],
  ] as const) {
    let nowMs = 0;
    let told = 0;
    const admission = new Admission(() => nowMs);
    for (let n = 0; n < waiting; n++) admission.turnAway(response(), () => told++);
    nowMs = toldAfterMs - 1;
    admission.look();
    expect(told).toBe(0);
    nowMs = toldAfterMs;
    admission.look();
    expect(told).toBe(waiting);
  }
});
