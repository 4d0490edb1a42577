import { expect, test } from "vitest";
import { endOfLastDay, lastDayOf } from "./last-day.ts";

test("terms that end at midnight have the day before as their last one", () => {
  expect(lastDayOf("2027-05-01T00:00:00.000Z")).toBe("2027-04-30");
  expect(lastDayOf("2027-05-01T00:00:00.001Z")).toBe("2027-05-01");
  expect(lastDayOf("2027-05-01T23:59:59.999Z")).toBe("2027-05-01");
  expect(lastDayOf(null)).toBe("");
});

test("a day that is saved without a change keeps the exact end", () => {
  for (const end of ["2027-05-01T00:00:00.000Z", "2027-05-01T12:00:00.000Z", "2027-05-01T23:59:59.999Z"]) {
    expect(endOfLastDay(lastDayOf(end), end)).toBe(end);
  }
  expect(endOfLastDay("", "2027-05-01T00:00:00.000Z")).toBeNull();
});

test("another day ends with its last millisecond, in UTC", () => {
  expect(endOfLastDay("2027-05-01", "2027-05-01T00:00:00.000Z")).toBe("2027-05-01T23:59:59.999Z");
  expect(endOfLastDay("2027-05-01", null)).toBe("2027-05-01T23:59:59.999Z");
  expect(endOfLastDay("2027-05-32", null)).toBe("invalid");
});
