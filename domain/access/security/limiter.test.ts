import { expect, test } from "vitest";
import { EventLimiter, WINDOW_MS } from "./limiter.ts";

const limiter = () => new EventLimiter(() => ({ total: 100, perSource: 10 }));

test("a flood from many sources is limited to the total of its window, and the rest is counted", () => {
  const flooded = limiter();
  const kept = Array.from({ length: 50_000 }, (_, i) => flooded.admit("failed", `source ${i}`, i / 100));
  expect(kept.filter(Boolean)).toHaveLength(100);
  expect(flooded.takeOmitted(WINDOW_MS - 1)).toEqual([]);
  expect(flooded.takeOmitted(WINDOW_MS)).toEqual([{ event: "failed", count: 49_900, since: 0 }]);
  expect(flooded.takeOmitted(WINDOW_MS)).toEqual([]);
});

test("one noisy source does not use up the limit of others, and one event not that of other events", () => {
  const shared = limiter();
  for (let i = 0; i < 1_000; i++) shared.admit("failed", "noisy", 0);
  expect(shared.admit("failed", "quiet", 0)).toBe(true);
  expect(shared.admit("denied", "noisy", 0)).toBe(true);
});

test("after a window its source is logged again, and its omitted events are reported even after the next window began", () => {
  const again = limiter();
  const keep = (nowMs: number) => again.admit("failed", "a", nowMs);
  expect(Array.from({ length: 12 }, () => keep(5)).filter(Boolean)).toHaveLength(10);
  expect(keep(5 + WINDOW_MS)).toBe(true);
  expect(again.takeOmitted(5 + WINDOW_MS)).toEqual([{ event: "failed", count: 2, since: 5 }]);
});

test("setting the clock back does not silence an event forever", () => {
  const back = limiter();
  for (let i = 0; i < 20; i++) back.admit("failed", "a", 1_000_000);
  expect(back.admit("failed", "a", 0)).toBe(true);
  expect(back.takeOmitted(0)).toEqual([{ event: "failed", count: 10, since: 1_000_000 }]);
});
