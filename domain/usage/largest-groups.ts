import type { Scope } from "#db/open.ts";
import { sumUsage, usageStore } from "#engine/usage/store.ts";
import {
  type Counted,
  type CountFilter,
  countFittingSeries,
  countUsage,
  filterOf,
  labelOf,
  othersOf,
} from "./count.ts";
import type { UsageRange } from "./range.ts";
import type { UsageGroup, UsageSeries } from "./schema.ts";

/** There can be tens of thousands of these in a project. Of the others there are a few. */
const MANY: readonly UsageGroup[] = ["key", "secret", "operation"];

/**
 * Counts as `countUsage` does, but only the largest groups that fit into a response. The database adds up the others,
 * which would take seconds to send.
 */
export async function countLargestGroups(
  scope: Scope,
  filter: CountFilter,
  range: UsageRange,
  maxPoints?: number,
): Promise<{ rows: Counted[]; others: UsageSeries | null }> {
  if (!MANY.includes(filter.groupBy)) return { rows: await countUsage(scope, filter, range), others: null };
  const groups = await sizesOf(scope, filter, range);
  const kept = countFittingSeries(
    groups.map(({ points }) => points),
    maxPoints,
  );
  if (kept === groups.length) return { rows: await countUsage(scope, filter, range), others: null };
  const names = groups.slice(0, kept).map(({ group }) => group);
  const [rows, sums] = await Promise.all([
    countUsage(scope, filter, range, names),
    sumsOf(scope, filter, range),
  ]);
  for (const { bucket, checks } of rows) {
    const left = (sums.get(bucket) ?? 0) - checks;
    // Less than zero if requests were counted between the two queries.
    if (left <= 0) sums.delete(bucket);
    else sums.set(bucket, left);
  }
  return { rows, others: othersOf(groups.length - kept, sums) };
}

/** The groups with their number of points, the largest first. */
async function sizesOf(scope: Scope, filter: CountFilter, range: UsageRange) {
  const groups = await usageStore(scope).groupSizes(scope, filterOf(filter, range), labelOf(filter.groupBy));
  return groups.sort((a, b) => b.checks - a.checks || (a.group < b.group ? -1 : 1));
}

/** The requests of all groups, by bucket. */
async function sumsOf(scope: Scope, filter: CountFilter, range: UsageRange): Promise<Map<number, number>> {
  const rows = await sumUsage(scope, { ...filterOf(filter, range), by: ["bucket"], sums: ["checks"] });
  return new Map(rows.map(({ bucket, checks }) => [bucket, checks]));
}
