import { expect, test } from "vitest";
import { readUsageView, usageInputOf } from "./usage-state.ts";

const now = Date.UTC(2026, 10, 23, 14, 7, 31);

test("a view ends with the current bucket", () => {
  expect(usageInputOf({ range: "1h", by: "outcome" }, now)).toEqual({
    from: Date.parse("2026-11-23T13:08:00.000Z"),
    to: Date.parse("2026-11-23T14:08:00.000Z"),
    interval: "minute",
    groupBy: "code",
  });
  expect(usageInputOf({ range: "90d", by: "key" }, now)).toEqual({
    from: Date.parse("2026-08-26T00:00:00.000Z"),
    to: Date.parse("2026-11-24T00:00:00.000Z"),
    interval: "day",
    groupBy: "key",
  });
});

test("a URL without a usable view shows the last day by outcome", () => {
  expect(readUsageView(new URLSearchParams())).toEqual({ range: "24h", by: "outcome" });
  expect(readUsageView(new URLSearchParams("range=5y&by=color"))).toEqual({ range: "24h", by: "outcome" });
  expect(readUsageView(new URLSearchParams("range=7d&by=api"))).toEqual({ range: "7d", by: "api" });
});
