import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { readUsageView, refreshMsOf, usageInputOf, viewParams } from "./usage-state.ts";

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

test("a view with a custom range and filters is kept in the URL", () => {
  const url =
    "from=2026-11-01T00:00:00.000Z&to=2026-11-02T12:30:00.000Z&by=externalId&compare=previous" +
    "&key=key_1&secret=sec_1&api=badges&operation=(none)&environment=live&externalId=K%C3%A4ufer+7" +
    "&code=IP_NOT_ALLOWED&outcome=denied";
  const view = readUsageView(new URLSearchParams(url));
  expect(
    readUsageView(new URLSearchParams(viewParams(view).map(([name, value]) => [name, value ?? ""]))),
  ).toEqual(view);
  expect(usageInputOf(view, now)).toEqual({
    from: Date.parse("2026-11-01T00:00:00.000Z"),
    to: Date.parse("2026-11-02T12:30:00.000Z"),
    groupBy: "externalId",
    compare: "previous",
    keyId: "key_1",
    secretId: "sec_1",
    api: "badges",
    operation: "(none)",
    environment: "live",
    externalId: "Käufer 7",
    code: "IP_NOT_ALLOWED",
    outcome: "denied",
  });
});

test.each([
  "from=2026-11-02T00:00:00Z",
  "from=2026-11-02T00:00:00Z&to=2026-11-02T00:00:00Z",
  "from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z",
  "from=1970-01-01T00:00:00Z&to=9999-01-01T00:00:00Z",
  "from=2026-13-01T00:00:00Z&to=2026-14-01T00:00:00Z",
  "from=2026-11-01&to=2026-11-02",
  "key=a%27b&api=Badges&operation=%00&environment=prod&externalId=a%0Ab&code=OK&outcome=maybe&compare=next",
  `operation=${"x".repeat(201)}&externalId=%ED%A0%80%00`,
])("a URL with unusable parts is read without them: %s", (url) => {
  expect(readUsageView(new URLSearchParams(url))).toEqual({ range: "24h", by: "outcome" });
});

test("a range that is over is not refreshed", () => {
  const view = readUsageView(new URLSearchParams());
  const span = (from: number, to: number) => ({ ...view, span: { from, to } });
  expect(refreshMsOf(view, now)).toBe(5_000);
  expect(refreshMsOf(span(now - HOUR_MS, now), now)).toBe(15_000);
  expect(refreshMsOf(span(now - DAY_MS * 20, now), now)).toBe(60_000);
  expect(refreshMsOf(span(now - DAY_MS, now - 3_700_000), now)).toBeNull();
});

test("a URL without a usable view shows the last day by outcome", () => {
  expect(readUsageView(new URLSearchParams())).toEqual({ range: "24h", by: "outcome" });
  expect(readUsageView(new URLSearchParams("range=5y&by=color"))).toEqual({ range: "24h", by: "outcome" });
  expect(readUsageView(new URLSearchParams("range=7d&by=api"))).toEqual({ range: "7d", by: "api" });
});
