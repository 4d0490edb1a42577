import type { UsageGrid } from "../charts/grid.ts";
import type { StackLayer } from "../charts/stack.ts";

/** A colour of its own for each code that a trial can give, so that none changes between two readings. */
const COLOURS: Record<string, string> = {
  VALID: "var(--chart-valid)",
  API_NOT_ALLOWED: "var(--chart-2)",
  OPERATION_NOT_ALLOWED: "var(--chart-3)",
  CLIENT_IP_UNKNOWN: "var(--chart-5)",
  IP_NOT_ALLOWED: "var(--chart-restriction)",
  REFERRER_NOT_ALLOWED: "var(--chart-4)",
  APP_NOT_ALLOWED: "var(--chart-6)",
};

const ORDER = Object.keys(COLOURS);

/** What would have passed below, each code that would have refused above it. */
export function trialLayers(grid: UsageGrid): StackLayer[] {
  return grid.groups
    .toSorted((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group))
    .map((part) => ({
      id: part.group,
      label: part.label,
      colour: COLOURS[part.group] ?? "var(--chart-other)",
      counts: part.counts,
      total: part.total,
      parts: [part],
    }));
}
