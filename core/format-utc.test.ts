import { expect, test } from "vitest";
import { formatUtcDate, formatUtcTime } from "./format-utc.ts";

test("times of texts without a known time zone are in UTC, and written as on pages", () => {
  expect(formatUtcDate("2027-06-30T23:59:59.000Z")).toBe("Jun 30, 2027");
  expect(formatUtcTime("2026-11-23T00:02:31.000Z")).toBe("Nov 23, 2026, 00:02 UTC");
  expect(formatUtcTime(Date.UTC(2026, 10, 23, 14, 2))).toBe("Nov 23, 2026, 14:02 UTC");
  expect(formatUtcDate("soon")).toBe("soon");
});
