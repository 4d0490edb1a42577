import type { Scope } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import { encodeCursor, readCursor } from "../lists.ts";
import {
  type CountedChecks,
  type CountFilter,
  countUsage,
  filterOf,
  labelOf,
  maxSeries,
  othersOf,
} from "./count.ts";
import { hourTotals } from "./hour-totals.ts";
import { fewestBuckets, type UsageRange } from "./range.ts";
import { DEFAULT_GROUPS, type ReadUsageInput, type UsageGroup, type UsageSeries } from "./schema.ts";

/** There can be tens of thousands of these in a project. Of the others there are a few. */
const MANY: readonly UsageGroup[] = ["key", "secret", "operation", "externalId"];

/** A page of the groups, the largest first. */
export interface GroupPage {
  rows: CountedChecks[];
  /** The groups that are not in the page as one series; null if there are none. */
  others: UsageSeries | null;
  /** The number of all groups. */
  groups: number;
  nextCursor: string | null;
}

interface RankedGroup {
  group: string;
  checks: number;
}

/** Counts as `countUsage` does, but only a page of the groups. */
export async function countLargestGroups(
  scope: Scope,
  filter: CountFilter,
  range: UsageRange,
  { limit = DEFAULT_GROUPS, cursor }: Pick<ReadUsageInput, "limit" | "cursor"> = {},
): Promise<GroupPage> {
  const after = readCursor(cursor, ["number", "text"]);
  const all = MANY.includes(filter.groupBy) ? null : await countUsage(scope, filter, range);
  const { ranked, wholeDaysTotal } =
    all === null ? await rankedBy(scope, filter, range) : { ranked: rank(all), wholeDaysTotal: undefined };
  const start = after ? ranked.filter((group) => !isBehind(group, after)).length : 0;
  const page = ranked.slice(start, start + Math.min(limit, maxSeries(range)));
  const last = page.at(-1);
  const hasMore = last !== undefined && start + page.length < ranked.length;
  const nextCursor = hasMore ? encodeCursor([last.checks, last.group]) : null;
  const groups = ranked.length;
  if (page.length === groups) {
    return { rows: all ?? (await countUsage(scope, filter, range)), others: null, groups, nextCursor };
  }
  const names = new Set(page.map(({ group }) => group));
  const [rows, sums] = all
    ? [all.filter(({ group }) => names.has(group)), sumsIn(all)]
    : await Promise.all([
        countUsage(scope, filter, range, [...names]),
        sumsOf(scope, filter, range, wholeDaysTotal),
      ]);
  for (const { bucket, checks } of rows) {
    const left = (sums.get(bucket) ?? 0) - checks;
    // Less than zero if requests were counted between the two queries.
    if (left <= 0) sums.delete(bucket);
    else sums.set(bucket, left);
  }
  return { rows, others: othersOf(groups - page.length, sums), groups, nextCursor };
}

/**
 * The groups, the largest first, and the requests of the whole days in the range. Ranked by the longest buckets that fit
 * into the range: by the hour, a month has 24 times as many rows as by the day.
 */
async function rankedBy(
  scope: Scope,
  filter: CountFilter,
  range: UsageRange,
): Promise<{ ranked: RankedGroup[]; wholeDaysTotal: number }> {
  const label = labelOf(filter.groupBy);
  const { day: days = [], other = [] } = Object.groupBy(fewestBuckets(range), ({ interval }) =>
    interval === "day" ? "day" : "other",
  );
  const countedIn = async (buckets: UsageRange[]): Promise<RankedGroup[]> => {
    if (buckets.length === 0) return [];
    const rows = await sumUsage(scope, {
      ...filterOf(filter, range),
      buckets,
      by: [label],
      sums: ["checks"],
    });
    return rows.map((row) => ({ group: row[label], checks: row.checks }));
  };
  const inDays = await countedIn(days);
  const wholeDaysTotal = inDays.reduce((sum, { checks }) => sum + checks, 0);
  return { ranked: rank([...inDays, ...(await countedIn(other))]), wholeDaysTotal };
}

function rank(counted: readonly RankedGroup[]): RankedGroup[] {
  const sums = new Map<string, number>();
  for (const { group, checks } of counted) sums.set(group, (sums.get(group) ?? 0) + checks);
  return [...sums].map(([group, checks]) => ({ group, checks })).sort(largestFirst);
}

function largestFirst(a: RankedGroup, b: RankedGroup): number {
  return b.checks - a.checks || (a.group < b.group ? -1 : 1);
}

function isBehind(
  { group, checks }: RankedGroup,
  [lastChecks, lastGroup]: readonly [number, string],
): boolean {
  return checks < lastChecks || (checks === lastChecks && group > lastGroup);
}

/** The requests of all groups, by bucket. */
async function sumsOf(
  scope: Scope,
  filter: CountFilter,
  range: UsageRange,
  wholeDaysTotal: number | undefined,
): Promise<Map<number, number>> {
  if (range.interval === "hour") return hourTotals(scope, filter, range, wholeDaysTotal);
  const rows = await sumUsage(scope, { ...filterOf(filter, range), by: ["bucket"], sums: ["checks"] });
  return new Map(rows.map(({ bucket, checks }) => [bucket, checks]));
}

function sumsIn(rows: readonly CountedChecks[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { bucket, checks } of rows) sums.set(bucket, (sums.get(bucket) ?? 0) + checks);
  return sums;
}
