import { expect, test } from "vitest";
import { questionOf, viewOf } from "./ranges.ts";

const now = Date.UTC(2026, 10, 23, 14, 7, 31);

test("what is looked at ends with the bucket that is still running", () => {
  expect(questionOf({ range: "1h", by: "outcome" }, now)).toEqual({
    from: Date.parse("2026-11-23T13:08:00.000Z"),
    to: Date.parse("2026-11-23T14:08:00.000Z"),
    interval: "minute",
    groupBy: "code",
  });
  expect(questionOf({ range: "90d", by: "key" }, now)).toEqual({
    from: Date.parse("2026-08-26T00:00:00.000Z"),
    to: Date.parse("2026-11-24T00:00:00.000Z"),
    interval: "day",
    groupBy: "key",
  });
});

test("an address that names no view, or one that does not exist, shows the day by outcome", () => {
  expect(viewOf(new URLSearchParams())).toEqual({ range: "24h", by: "outcome" });
  expect(viewOf(new URLSearchParams("range=5y&by=colour"))).toEqual({ range: "24h", by: "outcome" });
  expect(viewOf(new URLSearchParams("range=7d&by=api"))).toEqual({ range: "7d", by: "api" });
});
