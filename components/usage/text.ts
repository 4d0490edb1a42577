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
  custom: "Custom",
  from: "From",
  to: "To",
  apply: "Apply",
  reversed: "“From” must be before “To”, and at most five years.",
  by: (group: string) => `By ${group}`,
  groupBy: "Group by",
  groups: {
    outcome: "Outcome",
    key: "Key",
    secret: "Secret",
    api: "API",
    operation: "Operation",
    environment: "Environment",
    externalId: "External ID",
  },
  filters: {
    label: "Filters",
    key: "Key",
    secret: "Secret",
    api: "API",
    operation: "Operation",
    environment: "Environment",
    externalId: "External ID",
    code: "Code",
    outcome: "Outcome",
    /** For screen readers, followed by the filter. */
    remove: "Remove the filter",
    removeAll: "Remove all",
    outcomes: { allowed: "Allowed", denied: "Denied" },
  },
  compare: "Compare",
  compareTip: "Compare with the period before",
  zone: "Time zone",
  zones: { local: "Local time", utc: "UTC" },
  top: {
    outcome: "Outcomes",
    key: "Top keys",
    secret: "Top secrets",
    api: "Top APIs",
    operation: "Top operations",
    environment: "Environments",
    externalId: "Top external IDs",
    others: "All others",
    /** For screen readers, followed by the name. */
    narrow: "Show only",
  },
  previous: {
    legend: "Period before",
    total: (count: string, change: string) => `${count} in the period before${change}`,
    change: (change: string) => ` (${change})`,
    notKept: "The period before is no longer stored",
  },
  chart: "Chart",
  table: "Table",
  csv: "CSV",
  downloadCsv: "Download these numbers as CSV",
  totals: {
    requests: (range: string) => `Requests in ${range}`,
    denied: "Denied",
    showDenied: "Show only denied requests",
    deniedShare: "Denied share",
  },
  requestsBy: (interval: UsageInterval) => `Requests by ${interval}`,
  columns: { day: "Day", time: "Time", requests: "Requests", total: "Total" },
  soFar: "so far",
  timeZone: (interval: UsageInterval, zone: string) =>
    `${interval === "day" ? "Days" : "Times"} in ${zone}. The current ${interval} is hatched.`,
  empty: {
    title: (range: string) => `No requests in ${range}`,
    filtered: "No request matches these filters.",
    project: "Requests with this project's keys are counted here within seconds, whether allowed or denied.",
    key: "Requests with this key are counted here within seconds, whether allowed or denied.",
    viewKeys: "View keys",
    viewApis: "View APIs",
  },
};
