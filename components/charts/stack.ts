import { familyOf, type OutcomeFamily, VERDICT_CODES, type VerdictCode } from "#core/verdict.ts";
import { type GroupCounts, sum, sumByBucket, type UsageGrid } from "./grid.ts";
import { chartsText } from "./text.ts";

/** One color of a stacked chart. */
export interface StackLayer {
  id: string;
  label: string;
  /** A CSS color, always one of the tokens. */
  color: string;
  counts: number[];
  total: number;
  /** The groups in this layer, the largest first. */
  parts: GroupCounts[];
}

const FAMILIES: { family: OutcomeFamily; label: string; color: string }[] = [
  { family: "valid", label: chartsText.families.valid, color: "var(--chart-valid)" },
  { family: "credential", label: chartsText.families.credential, color: "var(--chart-credential)" },
  { family: "restriction", label: chartsText.families.restriction, color: "var(--chart-restriction)" },
  { family: "limit", label: chartsText.families.limit, color: "var(--chart-limit)" },
];

/** Layers by outcome: valid requests at the bottom, kinds of denials above; kinds without requests are left out. */
export function stackOutcomes(grid: UsageGrid): StackLayer[] {
  return FAMILIES.map(({ family, label, color }) => {
    const parts = grid.groups.filter(({ group }) => isCode(group) && familyOf(group) === family);
    return layer(family, label, color, parts, grid);
  }).filter(({ id, total }) => id === "valid" || total > 0);
}

function isCode(group: string): group is VerdictCode {
  return (VERDICT_CODES as readonly string[]).includes(group);
}

/** The number of distinguishable colors. */
const MAX_GROUPS = 6;
export const OTHER = "other";
/** The series of `readUsage` for the groups that it leaves out. */
const OTHER_GROUPS = "(others)";

/**
 * Layers by group: the largest at the bottom, each in its own color, and all remaining groups as one. Equal
 * totals are ordered by name, so that colors do not swap on a refresh. `groups`: how many there are, if the last one of
 * the grid is a sum of several.
 */
export function stackLargest(grid: UsageGrid, groups = grid.groups.length): StackLayer[] {
  const ranked = grid.groups
    .filter(({ total, group }) => total > 0 && group !== OTHER_GROUPS)
    .sort((a, b) => b.total - a.total || a.label.localeCompare(b.label));
  // A single remaining group is shown by its own name rather than as "1 other".
  const shown = ranked.length === MAX_GROUPS + 1 ? ranked : ranked.slice(0, MAX_GROUPS);
  const layers = shown.map((part, index) =>
    layer(
      part.group,
      part.label,
      index < MAX_GROUPS ? `var(--chart-${index + 1})` : "var(--chart-other)",
      [part],
      grid,
    ),
  );
  const added = grid.groups.filter(({ group }) => group === OTHER_GROUPS);
  const rest = [...ranked.slice(shown.length), ...added];
  if (rest.length === 0) return layers;
  const count = added.length > 0 ? groups - shown.length : rest.length;
  return [...layers, layer(OTHER, chartsText.others(count), "var(--chart-other)", rest, grid)];
}

function layer(id: string, label: string, color: string, parts: GroupCounts[], grid: UsageGrid): StackLayer {
  const counts = sumByBucket(parts, grid.buckets.length);
  const largestFirst = [...parts].sort((a, b) => b.total - a.total);
  return { id, label, color, counts, total: sum(counts), parts: largestFirst };
}
