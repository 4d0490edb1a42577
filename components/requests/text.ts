import { formatNumber } from "#core/format.ts";

/** The texts of the list of a project's or key's newest requests. */
export const requestsText = {
  title: "Requests",
  facts: "The newest verified requests, allowed and denied.",
  outcome: "Outcome",
  outcomes: { any: "All", allowed: "Allowed", denied: "Denied" },
  code: "Code",
  anyCode: "Any code",
  key: "Key",
  anyKey: "Any key",
  api: "API",
  anyApi: "Any API",
  operation: "Operation",
  requestId: "Request ID",
  search: "Apply",
  clear: "Clear filters",
  kept: `The newest ${formatNumber(1_000)} requests of the project, and up to 100 of each key, for 30 days. If a key has more than 20 requests a second, some of them are not listed. Usage counts all of them.`,
  usage: "View usage",
  showNew: (count: number) => `Show ${formatNumber(count)} new`,
  list: "requests",
  table: "Requests",
  columns: { time: "Time", key: "Key", outcome: "Outcome", call: "API and operation", client: "IP address" },
  details: "Request details",
  secret: "Secret",
  environment: "Environment",
  observed: "Observed",
  none: "–",
  empty: {
    filtered: { title: "No matching requests", body: "None of the listed requests matches these filters." },
    none: {
      title: "No requests yet",
      body: "When a key of this project is verified, the request appears here within seconds.",
    },
  },
};
