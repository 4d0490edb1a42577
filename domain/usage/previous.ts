import { iso } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import { type CountFilter, filterOf, labelOf } from "./count.ts";
import { fewestBuckets, isKept, previousRange, type UsageRange } from "./range.ts";
import type { Usage } from "./schema.ts";

/** What the requests of a range are compared with. */
interface Previous {
  all: NonNullable<Usage["previous"]>;
  /** The requests of each of the groups that had some. */
  totals: ReadonlyMap<string, number>;
}

/** The requests in as many buckets before the range. Null if these are no longer stored. */
export async function countPrevious(
  scope: Scope,
  filter: CountFilter,
  range: UsageRange,
  { groups, nowMs }: { groups: readonly string[]; nowMs: number },
): Promise<Previous | null> {
  const before = previousRange(range);
  if (!isKept(before.interval, before.from, nowMs)) return null;
  const label = labelOf(filter.groupBy);
  const matching = filterOf(filter, before);
  const [points, totals] = await Promise.all([
    sumUsage(scope, { ...matching, by: ["bucket"], sums: ["checks"] }),
    sumUsage(scope, {
      ...matching,
      buckets: fewestBuckets(before),
      where: { ...matching.where, [label]: groups },
      by: [label],
      sums: ["checks"],
    }),
  ]);
  return {
    all: {
      from: iso(before.from),
      to: iso(before.to),
      points: points
        .map(({ bucket, checks }): [number, number] => [bucket, checks])
        .sort(([a], [b]) => a - b),
      total: points.reduce((sum, { checks }) => sum + checks, 0),
    },
    totals: new Map(totals.map((row) => [row[label], row.checks])),
  };
}
