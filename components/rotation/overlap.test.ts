import { expect, test } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import { rotateKeySchema } from "#domain/keys/rotation/schema.ts";
import { lastDayOf, OVERLAP_CHOICES, oldSecretUse, overlapSecondsOf } from "./overlap.ts";

const NOW = new Date(2026, 10, 23, 12).getTime();

test("the server accepts the overlap of every choice but a date", () => {
  for (const choice of OVERLAP_CHOICES.filter((each) => each !== "date")) {
    const overlapSeconds = overlapSecondsOf(choice, "", NOW);
    expect(rotateKeySchema.safeParse({ projectId: "prj_1", keyId: "key_1", overlapSeconds }).success).toBe(
      true,
    );
  }
});

test("a date means the end of that day in the reader's time zone", () => {
  expect(overlapSecondsOf("date", "2026-11-24", NOW)).toBe(36 * 3_600 - 1);
});

test("the server accepts the overlap of every selectable day, at any hour", () => {
  for (const hour of [0, 12, 23]) {
    const nowMs = new Date(2026, 10, 23, hour, 30).getTime();
    const overlapSeconds = overlapSecondsOf("date", lastDayOf(nowMs), nowMs);
    expect(overlapSeconds).toBe(2_592_000);
    expect(rotateKeySchema.safeParse({ projectId: "prj_1", keyId: "key_1", overlapSeconds }).success).toBe(
      true,
    );
  }
});

test("a date that is missing, invalid or past is no overlap", () => {
  for (const date of ["", "soon", "2026-11-22"]) expect(overlapSecondsOf("date", date, NOW)).toBeNull();
});

const NOON = Date.UTC(2026, 10, 23, 12);
const ago = (hours: number) => new Date(NOON - hours * HOUR_MS).toISOString();
const useOf = (rotatedHoursAgo: number, usedHoursAgo: number | null, lastHour = 0) =>
  oldSecretUse(
    {
      rotatedAt: ago(rotatedHoursAgo),
      older: {
        id: "sec_1",
        hint: "",
        lapsesAt: ago(-9),
        minutes: [],
        total: 0,
        lastHour,
        lastUsedAt: usedHoursAgo === null ? null : ago(usedHoursAgo),
      },
    },
    NOON,
  );

test("a secret used in the last hour is never called safe to end", () => {
  expect(useOf(48, 0.5, 12)).toBe("in-use");
  expect(useOf(0.5, 0.2, 0)).toBe("in-use");
});

test("a secret is never called safe to end within an hour of the rotation", () => {
  expect(useOf(0.5, null)).toBe("too-early");
  expect(useOf(0.5, 3)).toBe("too-early");
});

test("unused for an hour, for a day, and since the rotation are different", () => {
  expect(useOf(48, 3)).toBe("hour");
  expect(useOf(48, 30)).toBe("day");
  expect(useOf(48, 60)).toBe("unused");
  expect(useOf(48, null)).toBe("unused");
});
