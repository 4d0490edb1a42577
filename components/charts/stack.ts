import { familyOf, type OutcomeFamily, VERDICT_CODES, type VerdictCode } from "#core/verdict.ts";
import { addUp, type GroupCounts, sum, type UsageGrid } from "./grid.ts";

/** One colour of a stacked chart. */
export interface StackLayer {
  id: string;
  label: string;
  /** A CSS colour, always one of the tokens. */
  colour: string;
  counts: number[];
  total: number;
  /** What it is made of, the largest first. */
  parts: GroupCounts[];
}

const FAMILIES: { family: OutcomeFamily; label: string; colour: string }[] = [
  { family: "valid", label: "Valid", colour: "var(--chart-valid)" },
  { family: "credential", label: "Credential refused", colour: "var(--chart-credential)" },
  { family: "restriction", label: "Restriction", colour: "var(--chart-restriction)" },
  { family: "limit", label: "Limit", colour: "var(--chart-limit)" },
];

/** Layers by outcome: VALID below, the families of refusals above it; families without checks are left out. */
export function stackOutcomes(grid: UsageGrid): StackLayer[] {
  return FAMILIES.map(({ family, label, colour }) => {
    const parts = grid.groups.filter(({ group }) => isCode(group) && familyOf(group) === family);
    return layer(family, label, colour, parts, grid);
  }).filter(({ id, total }) => id === "valid" || total > 0);
}

function isCode(group: string): group is VerdictCode {
  return (VERDICT_CODES as readonly string[]).includes(group);
}

/** As many as there are colours that can be told apart. */
const TOP = 6;
export const OTHER = "other";

/**
 * Layers by group: the largest below, each in its own colour, and what is left over as one. Equal
 * totals are ordered by name, so that a colour does not jump between two readings.
 */
export function stackLargest(grid: UsageGrid): StackLayer[] {
  const ranked = grid.groups
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total || a.label.localeCompare(b.label));
  // One left over is shown as itself rather than as "1 other".
  const shown = ranked.length === TOP + 1 ? ranked : ranked.slice(0, TOP);
  const layers = shown.map((part, index) =>
    layer(
      part.group,
      part.label,
      index < TOP ? `var(--chart-${index + 1})` : "var(--chart-other)",
      [part],
      grid,
    ),
  );
  const rest = ranked.slice(shown.length);
  if (rest.length === 0) return layers;
  return [...layers, layer(OTHER, `${rest.length} others`, "var(--chart-other)", rest, grid)];
}

function layer(id: string, label: string, colour: string, parts: GroupCounts[], grid: UsageGrid): StackLayer {
  const counts = addUp(parts, grid.buckets.length);
  const largestFirst = [...parts].sort((a, b) => b.total - a.total);
  return { id, label, colour, counts, total: sum(counts), parts: largestFirst };
}
