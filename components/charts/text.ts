import { formatNumber, plural } from "#core/format.ts";

/** The texts of charts of requests. */
export const chartsText = {
  families: { valid: "Valid", credential: "Credential", restriction: "Restriction", limit: "Limit" },
  others: (count: number) => `${formatNumber(count)} others`,
  layers: "Chart layers",
  oneAtATime: (chart: string) => `${chart}, one at a time`,
  requests: (count: number) => plural(count, "request"),
  soFar: "so far",
  narrow: "Click to show only this bar",
  narrowByKey: "Press Enter to show only this bar.",
  before: "Period before",
  /** One bucket in a sentence: "Mon Nov 17, 14:00–15:00: 1,240 requests. Valid 1,228, Restriction 12." */
  bucket: (name: string, total: number, parts: { label: string; count: number }[]) =>
    total === 0 && parts.length === 0
      ? `${name}: no requests.`
      : `${name}: ${plural(total, "request")}. ${parts.map(({ label, count }) => `${label} ${formatNumber(count)}`).join(", ")}.`,
  /** "Last 7 days: 1,240 requests, 12 denied" */
  sparkline: (days: number, total: number, denied: number) =>
    total === 0
      ? `Last ${days} days: no requests`
      : `Last ${days} days: ${plural(total, "request")}, ${denied === 0 ? "none" : formatNumber(denied)} denied`,
};
