import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { gridOf } from "./grid.ts";
import { axisTicks, bucketName, spanName, withoutOverlap } from "./time-labels.ts";

const monday = Date.UTC(2026, 10, 23);

function buckets(interval: "minute" | "hour" | "day", fromMs: number, toMs: number) {
  return gridOf({ interval, fromMs, toMs, nowMs: 0, series: [] }).buckets;
}

test("an hour is named by its day, its start and its end", () => {
  const [hour] = buckets("hour", monday + 14 * HOUR_MS, monday + 15 * HOUR_MS);
  expect(hour && bucketName(hour, "hour", "UTC")).toBe("Mon Nov 23, 14:00–15:00");
  expect(hour && bucketName(hour, "hour", "Asia/Kolkata")).toBe("Mon Nov 23, 19:30–20:30");
});

test("a week of hours is labeled at midnight in the reader's time zone", () => {
  const ticks = axisTicks(buckets("hour", monday, monday + 7 * DAY_MS), "hour", "America/New_York", 10);
  // Midnight in New York is 05:00 in UTC.
  expect(ticks.map((tick) => tick.index)).toEqual([5, 29, 53, 77, 101, 125, 149]);
  expect(ticks[0]?.label).toBe("Mon Nov 23");
});

test("the last label is left out where it would overlap the one before", () => {
  const week = buckets("hour", monday, monday + 7 * DAY_MS - 23 * HOUR_MS);
  const ticks = axisTicks(week, "hour", "UTC", 4);
  expect(ticks.map(({ label }) => label)).toEqual(["Mon Nov 23", "Wed Nov 25", "Fri Nov 27", "Sun Nov 29"]);
  expect(withoutOverlap(ticks, week.length, 270)).toEqual(ticks.slice(0, -1));
  expect(withoutOverlap(ticks, week.length, 600)).toEqual(ticks);
  expect(withoutOverlap([], 24, 270)).toEqual([]);
});

test("half days are labeled with the day at midnight, so that the date is known", () => {
  const ticks = axisTicks(buckets("hour", monday, monday + 2 * DAY_MS), "hour", "UTC", 4);
  expect(ticks.map((tick) => tick.label)).toEqual(["Nov 23", "12:00", "Nov 24", "12:00"]);
});

test("ninety days are labeled on Mondays, and with no more labels than fit", () => {
  const ticks = axisTicks(buckets("day", monday - 89 * DAY_MS, monday + DAY_MS), "day", "UTC", 13);
  expect(ticks.length).toBeLessThanOrEqual(13);
  expect(ticks.at(-1)?.label).toBe("Nov 23");
});

test("an hour of minutes is labeled at round minutes", () => {
  const ticks = axisTicks(buckets("minute", monday + 7 * 60_000, monday + 67 * 60_000), "minute", "UTC", 8);
  expect(ticks.map((tick) => tick.label)).toEqual(["00:10", "00:20", "00:30", "00:40", "00:50", "01:00"]);
});

test("a span is named by its days, and by its times unless these are midnight", () => {
  const span = (from: number, to: number, zone = "UTC") => spanName({ from, to }, zone);
  expect(span(monday, monday + DAY_MS)).toBe("Mon Nov 23");
  expect(span(monday, monday + 3 * DAY_MS)).toBe("Mon Nov 23 – Wed Nov 25");
  expect(span(monday, monday + 3 * DAY_MS, "Asia/Kolkata")).toBe("Mon Nov 23, 05:30 – Thu Nov 26, 05:30");
  expect(span(monday + HOUR_MS, monday + 2 * HOUR_MS)).toBe("Mon Nov 23, 01:00 – 02:00");
});
