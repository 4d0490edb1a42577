import { expect, test } from "vitest";
import { dateInputValue, expiresAtOf } from "./expiry.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");

test("never is null, and days count from now", () => {
  expect(expiresAtOf({ choice: "never", date: "", nowMs: NOW })).toBeNull();
  expect(expiresAtOf({ choice: "30", date: "", nowMs: NOW })).toBe("2026-12-23T12:00:00.000Z");
});

test("a date means until the end of that day where the reader is", () => {
  const at = expiresAtOf({ choice: "date", date: "2026-12-01", nowMs: NOW });
  expect(at).toBe(new Date("2026-12-01T23:59:59.999").toISOString());
  expect(dateInputValue(at ?? "")).toBe("2026-12-01");
});

test("a missing date is distinguished from never", () => {
  expect(expiresAtOf({ choice: "date", date: "", nowMs: NOW })).toBe("missing");
});

test("a date that is saved unchanged keeps the moment it was set to", () => {
  const current = "2026-12-25T07:59:59.123Z";
  const date = dateInputValue(current);
  expect(expiresAtOf({ choice: "date", date, nowMs: NOW, current })).toBe(current);
  expect(expiresAtOf({ choice: "date", date: "2026-12-31", nowMs: NOW, current })).not.toBe(current);
});

test("the date of an instant is that of the reader's zone", () => {
  expect(dateInputValue("2026-12-25T07:59:59.999Z", "America/Los_Angeles")).toBe("2026-12-24");
  expect(dateInputValue("2026-12-25T07:59:59.999Z", "UTC")).toBe("2026-12-25");
  expect(dateInputValue("2026-12-24T23:00:00.000Z", "Pacific/Auckland")).toBe("2026-12-25");
});
