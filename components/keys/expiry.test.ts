import { expect, test } from "vitest";
import { dateInputValue, expiresAtOf } from "./expiry.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");

test("never is null, and days count from now", () => {
  expect(expiresAtOf("never", "", NOW)).toBeNull();
  expect(expiresAtOf("30", "", NOW)).toBe("2026-12-23T12:00:00.000Z");
});

test("a date means until the end of that day where the reader is", () => {
  const at = expiresAtOf("date", "2026-12-01", NOW);
  expect(at).toBe(new Date("2026-12-01T23:59:59.999").toISOString());
  expect(dateInputValue(at ?? "")).toBe("2026-12-01");
});

test("a date that is missing is told from never", () => {
  expect(expiresAtOf("date", "", NOW)).toBe("missing");
});
