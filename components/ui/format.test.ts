import { expect, test } from "vitest";
import { formatNumber, plural } from "#core/format.ts";
import { DAY_MS, MINUTE_MS } from "#core/time.ts";
import { formatChange, formatCompactNumber, formatPerSecond, formatShare } from "./format.ts";
import { formatDateTime, formatDuration, formatHour, formatRelativeTime } from "./format-time.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");

test("counts have a separator from four digits on", () => {
  expect([0, 999, 1_240, 1_234_567].map(formatNumber)).toEqual(["0", "999", "1,240", "1,234,567"]);
});

test("compact counts are whole below ten thousand, and never round up into the next unit", () => {
  expect([9_999, 12_431, 12_000, 999_999, 1_250_000, 5_000_000_000].map(formatCompactNumber)).toEqual([
    "9,999",
    "12.4k",
    "12k",
    "999k",
    "1.2M",
    "5B",
  ]);
});

test("only one of something is singular", () => {
  expect([0, 1, 1_240].map((count) => plural(count, "key"))).toEqual(["0 keys", "1 key", "1,240 keys"]);
  expect(plural(2, "entry", "entries")).toBe("2 entries");
});

test.each([
  [0, 0, "0%"],
  [0, 10, "0%"],
  [1, 1_000_000, "<0.01%"],
  [7, 1_000, "0.70%"],
  [15, 1_000, "1.5%"],
  [999_999, 1_000_000, ">99.99%"],
  [10, 10, "100%"],
])("%i of %i is shown as %s", (part, whole, shown) => {
  expect(formatShare(part, whole)).toBe(shown);
});

test("relative times cut to whole units, in both directions", () => {
  expect(formatRelativeTime(NOW - 1_000, NOW)).toBe("just now");
  expect(formatRelativeTime(NOW - MINUTE_MS, NOW)).toBe("1 minute ago");
  expect(formatRelativeTime(NOW - 47 * 60 * MINUTE_MS, NOW)).toBe("1 day ago");
  expect(formatRelativeTime(NOW + 5 * DAY_MS, NOW)).toBe("in 5 days");
  expect(formatRelativeTime(NOW + 50_000, NOW)).toBe("in under a minute");
});

test("a slightly slow clock does not show the present as the future", () => {
  expect(formatRelativeTime(NOW + 15_000, NOW)).toBe("just now");
});

test("durations name their largest whole unit", () => {
  expect(formatDuration(90 * MINUTE_MS)).toBe("1 hour");
  expect(formatDuration(5_000)).toBe("under a minute");
});

test("dates with a time name their time zone", () => {
  expect(formatDateTime(NOW, "UTC")).toContain("UTC");
  expect(formatDateTime(NOW, "UTC")).toContain("12:00:00");
});

test.each([
  [0, "0"],
  [1, "0.02"],
  [59, "0.98"],
  [60, "1"],
  [90, "1.5"],
  [5_999, "100"],
  [90_000, "1,500"],
])("%i requests in a minute are shown as %s a second", (requests, words) => {
  expect(formatPerSecond(requests)).toBe(words);
});

test.each([
  [112, 100, "+12%"],
  [966, 1_000, "−3.4%"],
  [0, 7, "−100%"],
  [12_345, 1, "+1,234,400%"],
  [5, 5, "±0%"],
  [1_000_001, 1_000_000, "+<0.1%"],
  [999_999, 1_000_000, "−<0.1%"],
  [7, 0, null],
])("%d after %d is a change of %s", (count, before, change) => {
  expect(formatChange(count, before)).toBe(change);
});

test("an hour of usage is shown with its date, in UTC", () => {
  expect(formatHour(Date.parse("2026-11-30T00:00:00Z"))).toBe("Nov 30, 2026, 00:00 UTC");
});
