import { expect, test } from "vitest";
import { localInput, readLocalInput } from "./local-input.ts";

test("a field shows an instant in a zone, and is read back in UTC", () => {
  const at = Date.UTC(2026, 10, 3, 4, 5);
  expect(localInput(at, "UTC")).toBe("2026-11-03T04:05");
  expect(localInput(at, "Asia/Kolkata")).toBe("2026-11-03T09:35");
  expect(localInput(Date.UTC(2026, 10, 3), "UTC")).toBe("2026-11-03T00:00");
  expect(readLocalInput("2026-11-03T04:05", true)).toBe(at);
  expect(readLocalInput("", true)).toBeNaN();
  expect(readLocalInput("yesterday", false)).toBeNaN();
});
