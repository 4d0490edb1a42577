import { expect, test } from "vitest";
import { DENIALS, messageOf } from "./denials.ts";
import type { DenialCode } from "./verdict.ts";

const messageFor = (code: DenialCode, observed: Record<string, string>, variant?: string) =>
  messageOf(code, { limitOf: "key", plan: "pro", policy: "burst", ...observed }, variant);

test("a message about a limit of one says unit and second, others count with separators", () => {
  expect(messageFor("RATE_LIMITED", { limit: "1", windowSeconds: "1" })).toBe(
    "The key has used its 1 unit per second. Try again after the time in Retry-After.",
  );
  expect(messageFor("RATE_LIMITED", { limit: "30000", windowSeconds: "86400" }, "plan")).toContain(
    "30,000 units per 86,400 seconds of its plan pro",
  );
  expect(messageFor("QUOTA_EXCEEDED", { limit: "1", period: "day" })).toContain(
    "its quota of 1 unit per day",
  );
});

test("every placeholder of the messages about limits has a value", () => {
  const observed = { limit: "2", windowSeconds: "60", period: "day", cost: "3" };
  for (const code of ["RATE_LIMITED", "QUOTA_EXCEEDED"] as const) {
    for (const variant of [undefined, ...Object.keys(DENIALS[code].variants ?? {})]) {
      expect(messageFor(code, observed, variant), variant).not.toMatch(/[{}]| {2}| \./);
    }
  }
});
