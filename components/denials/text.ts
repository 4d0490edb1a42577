import { formatNumber } from "#core/format.ts";

/** Texts that only the server renders. */
export const denialsPageText = {
  title: "Denied requests",
  facts: "Recent requests that were denied: why, what was observed, and how to allow them.",
  kept: `Details are kept for 30 days: the newest ${formatNumber(1_000)} of the project, and up to 100 of each key. The number counts all of them.`,
};

/** The texts of the denied requests of a project or key. */
export const denialsText = {
  range: "Time range",
  code: "Code",
  anyCode: "Any code",
  key: "Key",
  anyKey: "Any key",
  unit: "denied request",
  inRange: (range: string) => `in ${range}.`,
  showNew: (count: number) => `Show ${formatNumber(count)} new`,
  list: "denied requests",
  table: "Denied requests",
  times: (count: number) => `${formatNumber(count)} times since`,
  columns: { time: "Time", key: "Key", reason: "Reason", observed: "Observed", fix: "Fix" },
  nothingObserved: "Nothing",
  enableApi: (api: string | null) => `Enable ${api}`,
  details: "Request details",
  latestDetails: "Details of the latest request",
  api: "API",
  environment: "Environment",
  empty: {
    unkept: {
      title: "No details left",
      body: "These requests were counted, but newer denied requests have replaced them in the list.",
    },
    filtered: { title: "No matching requests", body: "Choose a longer time range, or any code and key." },
    none: {
      title: "No denied requests",
      body: "When a request is denied, it appears here within seconds.",
    },
  },
};
