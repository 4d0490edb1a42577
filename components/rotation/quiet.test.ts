import { expect, test } from "vitest";
import { quietOf } from "./quiet.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const ago = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString();
const quiet = (rotatedHoursAgo: number, usedHoursAgo: number | null, lastHour = 0) =>
  quietOf(
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
    NOW,
  );

test("a secret that was sent in the last hour is never called safe to end", () => {
  expect(quiet(48, 0.5, 12)).toBe("busy");
  expect(quiet(0.5, 0.2, 0)).toBe("busy");
});

test("nothing is called quiet within an hour of the rotation", () => {
  expect(quiet(0.5, null)).toBe("waiting");
  expect(quiet(0.5, 3)).toBe("waiting");
});

test("quiet for an hour, for a day, and since the rotation are told apart", () => {
  expect(quiet(48, 3)).toBe("hour");
  expect(quiet(48, 30)).toBe("day");
  expect(quiet(48, 60)).toBe("unused");
  expect(quiet(48, null)).toBe("unused");
});
