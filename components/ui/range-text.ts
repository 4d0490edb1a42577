/** The time ranges of lists and charts: their button, and as part of a sentence. */
export const RANGE_TEXT = {
  "1h": { label: "Hour", phrase: "the last hour" },
  "24h": { label: "Day", phrase: "the last 24 hours" },
  "7d": { label: "7 days", phrase: "the last 7 days" },
  "30d": { label: "30 days", phrase: "the last 30 days" },
  "90d": { label: "90 days", phrase: "the last 90 days" },
};
