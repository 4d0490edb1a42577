import { expect, test } from "vitest";
import { compactCount, duration, exactTime, formatCount, relativeTime } from "./format.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const MINUTE = 60_000;

test("counts are grouped by thin spaces that do not break", () => {
  expect([0, 999, 1_240, 1_234_567].map(formatCount)).toEqual([
    "0",
    "999",
    "1\u202f240",
    "1\u202f234\u202f567",
  ]);
});

test("compact counts are whole below ten thousand, and never round up into the next unit", () => {
  expect([9_999, 12_431, 12_000, 999_999, 1_250_000, 5_000_000_000].map(compactCount)).toEqual([
    "9\u202f999",
    "12.4k",
    "12k",
    "999k",
    "1.2M",
    "5G",
  ]);
});

test("relative times cut to whole units, in both directions", () => {
  expect(relativeTime(NOW - 1_000, NOW)).toBe("just now");
  expect(relativeTime(NOW - MINUTE, NOW)).toBe("1 minute ago");
  expect(relativeTime(NOW - 47 * 60 * MINUTE, NOW)).toBe("1 day ago");
  expect(relativeTime(NOW + 5 * 24 * 60 * MINUTE, NOW)).toBe("in 5 days");
  expect(relativeTime(NOW + 50_000, NOW)).toBe("in under a minute");
});

test("a clock a little behind does not put what just happened into the future", () => {
  expect(relativeTime(NOW + 15_000, NOW)).toBe("just now");
});

test("durations name their largest whole unit", () => {
  expect(duration(90 * MINUTE)).toBe("1 hour");
  expect(duration(5_000)).toBe("under a minute");
});

test("exact times name their zone", () => {
  expect(exactTime(NOW, "UTC")).toContain("UTC");
  expect(exactTime(NOW, "UTC")).toContain("12:00:00");
});
