import { expect, test } from "vitest";
import { Pacer } from "./pacer.ts";

test("a pause follows half a millisecond of work, and none while it is off", () => {
  let nowMs = 0;
  const pauses: number[] = [];
  const pacer = new Pacer({ clock: () => nowMs, sleep: () => void pauses.push(nowMs) });
  const work = (untilMs: number) => {
    for (; nowMs < untilMs; nowMs += 0.125) pacer.pause();
  };
  work(2);
  expect(pauses).toEqual([0.5, 1, 1.5]);
  pacer.isOn = false;
  work(10);
  expect(pauses).toHaveLength(3);
  pacer.isOn = true;
  work(11);
  expect(pauses).toEqual([0.5, 1, 1.5, 10, 10.5]);
});

test("the thread really sleeps", () => {
  const cpu = process.threadCpuUsage();
  const since = performance.now();
  let nowMs = 0;
  const pacer = new Pacer({ clock: () => nowMs });
  for (; nowMs < 500; nowMs++) pacer.pause();
  const { user, system } = process.threadCpuUsage(cpu);
  expect(performance.now() - since).toBeGreaterThan(25);
  expect((user + system) / 1_000).toBeLessThan(performance.now() - since);
});
