import { expect, test } from "vitest";
import { rotateKeySchema } from "#domain/keys/schema.ts";
import { lastDayOf, OVERLAP_OPTIONS, overlapSecondsOf } from "./overlap.ts";

const NOW = new Date(2026, 10, 23, 12).getTime();

test("every choice but a date is an overlap that the server takes", () => {
  for (const { value } of OVERLAP_OPTIONS.filter((option) => option.value !== "date")) {
    const overlapSeconds = overlapSecondsOf(value, "", NOW);
    expect(rotateKeySchema.safeParse({ projectId: "prj_1", keyId: "key_1", overlapSeconds }).success).toBe(
      true,
    );
  }
});

test("a date is meant until its end, where the reader is", () => {
  expect(overlapSecondsOf("date", "2026-11-24", NOW)).toBe(36 * 3_600 - 1);
});

test("every day that the picker offers is an overlap that the server takes, at whatever hour", () => {
  for (const hour of [0, 12, 23]) {
    const nowMs = new Date(2026, 10, 23, hour, 30).getTime();
    const overlapSeconds = overlapSecondsOf("date", lastDayOf(nowMs), nowMs);
    expect(overlapSeconds).toBe(2_592_000);
    expect(rotateKeySchema.safeParse({ projectId: "prj_1", keyId: "key_1", overlapSeconds }).success).toBe(
      true,
    );
  }
});

test("a date that is missing, junk or past is none", () => {
  for (const date of ["", "soon", "2026-11-22"]) expect(overlapSecondsOf("date", date, NOW)).toBeNull();
});
