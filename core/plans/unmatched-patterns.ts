import { matchesOperation } from "../restrictions/apis.ts";
import type { PlanTerms } from "./terms.ts";

/** The patterns of operations in the terms, each once: those of limits, then those of units. */
export function patternsOf(terms: readonly Partial<PlanTerms>[]): string[] {
  const patterns = terms.flatMap(({ limits = [], unitsPerOperation = {} }) => [
    ...limits.flatMap(({ operations }) => operations ?? []),
    ...Object.keys(unitsPerOperation),
  ]);
  return [...new Set(patterns)];
}

/**
 * The patterns of the terms that match none of the API's operations. None if the API lists no operations, because services
 * may then send any name.
 */
export function unmatchedPatterns(
  terms: readonly Partial<PlanTerms>[],
  operations: readonly string[],
): string[] {
  const sorted = operations.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
  if (sorted.length === 0) return [];
  return patternsOf(terms).filter((pattern) => {
    // What a pattern matches is in order from here on.
    const first = sorted[firstFrom(sorted, pattern.replace(/\*$/, ""))];
    return first === undefined || !matchesOperation(pattern, first);
  });
}

/** The index of the first text that is not before `from`. */
function firstFrom(sorted: readonly string[], from: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
