import type { UsageInterval } from "#db/tables/usage.ts";

/** The time ranges: their button, and as part of a sentence. */
export const RANGE_TEXT = {
  "1h": { label: "Hour", phrase: "the last hour" },
  "24h": { label: "Day", phrase: "the last 24 hours" },
  "7d": { label: "7 days", phrase: "the last 7 days" },
  "30d": { label: "30 days", phrase: "the last 30 days" },
  "90d": { label: "90 days", phrase: "the last 90 days" },
};

/** The texts of usage: the chart, its table and the totals above them. */
export const usageText = {
  title: "Usage",
  facts: "Every verified request with this project's keys, counted within seconds.",
  range: "Time range",
  by: "By",
  groupBy: "Group by",
  groups: { outcome: "Outcome", key: "Key", api: "API" },
  chart: "Chart",
  table: "Table",
  csv: "CSV",
  downloadCsv: "Download these numbers as CSV",
  updating: "Updating",
  refreshedEvery: (refreshMs: number) =>
    `Refreshed every ${refreshMs < 60_000 ? `${refreshMs / 1_000} seconds` : "minute"} while this page is visible`,
  offline: "You are offline. These numbers are old.",
  unanswered: "The portal does not respond. Retrying.",
  totals: {
    requests: (range: string) => `Requests in ${range}`,
    denied: "Denied",
    deniedShare: "Denied share",
  },
  requestsBy: (interval: UsageInterval) => `Requests by ${interval}`,
  columns: { day: "Day", time: "Time", requests: "Requests", total: "Total" },
  soFar: "so far",
  timeZone: (interval: UsageInterval, zone: string) =>
    `${interval === "day" ? "Days" : "Times"} in ${zone}. The current ${interval} is hatched.`,
  empty: {
    title: (range: string) => `No requests in ${range}`,
    project: "Requests with this project's keys are counted here within seconds, whether allowed or denied.",
    key: "Requests with this key are counted here within seconds, whether allowed or denied.",
    viewKeys: "View keys",
    viewApis: "View APIs",
  },
};
