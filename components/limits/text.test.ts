import { expect, test } from "vitest";
import type { QuotaMeter } from "#domain/keys/limits/schema.ts";
import { forecastText, rateText, titleOf, windowOf } from "./text.ts";

const meter: QuotaMeter = {
  scope: "key",
  policy: null,
  limit: 1_000,
  period: "month",
  used: 400,
  resetAt: "2026-12-01T00:00:00.000Z",
  forecast: 900,
  fullAt: null,
};

test("a plan's limit is titled with the names of the plan and its API, or with their slugs", () => {
  const policy = { api: "badges", plan: "pro", name: "calls", operations: "lists.*" };
  const names = { api: "Badges", plan: { slug: "pro", name: "Professional" } };
  const titled = (of: Parameters<typeof titleOf>[1]) => titleOf({ scope: "plan", policy }, of);
  expect(titled(new Map([["badges", names]]))).toBe("Plan Professional of Badges: calls (lists.*)");
  // The project has another plan since the limits were read.
  expect(titled(new Map([["badges", { ...names, plan: null }]]))).toBe("Plan pro of Badges: calls (lists.*)");
  expect(titled(new Map())).toBe("Plan pro of badges: calls (lists.*)");
});

test("a window is shown in its largest whole unit", () => {
  expect([1, 60, 90, 7_200].map((seconds) => windowOf(seconds))).toMatchObject([
    { count: 1, name: "second" },
    { count: 1, name: "minute" },
    { count: 90, name: "second" },
    { count: 2, name: "hour" },
  ]);
  expect(rateText({ limit: 1, windowSeconds: 1 })).toBe("1 unit per second");
  expect(rateText({ limit: 500, windowSeconds: 600 })).toBe("500 units per 10 minutes");
});

test("a forecast says how much will be used, when the quota is used up, or that it is", () => {
  expect(forecastText(meter)).toBe("At the current rate, 900 units will be used by Dec 1, 2026 UTC.");
  expect(forecastText({ ...meter, fullAt: "2026-11-28T09:30:00.000Z" })).toBe(
    "At the current rate, it will be used up on Nov 28, 2026 UTC.",
  );
  expect(forecastText({ ...meter, period: "day", fullAt: "2026-11-23T19:30:00.000Z" })).toBe(
    "At the current rate, it will be used up at 19:30 UTC.",
  );
  expect(forecastText({ ...meter, used: 1_000 })).toBe("Used up: requests are denied until Dec 1, 2026 UTC.");
});
