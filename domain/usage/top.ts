import { sumUsage } from "#engine/usage/store.ts";
import { requireProjectRole } from "../access/project-access.ts";
import type { Verb } from "../context.ts";
import { filterOf, groupName, labelOf } from "./count.ts";
import { fewestBuckets, usageRange } from "./range.ts";
import { labelsOf } from "./read.ts";
import type { ReadTopUsageInput, TopList, TopUsage, UsageGroup } from "./schema.ts";

/** How many groups a list names. */
const LISTED = 10;

/** The groups with the most requests in a range, by several labels at once, each with the sum of the others. */
export async function readTopUsage({ ctx, input }: Verb<ReadTopUsageInput>): Promise<TopUsage> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "viewer");
  const range = usageRange(input, ctx.now());
  const matching = { ...filterOf(input, range), buckets: fewestBuckets(range) };
  const [all] = await sumUsage(scope, { ...matching, by: [], sums: ["checks"] });
  const total = all?.checks ?? 0;
  const listOf = async (groupBy: UsageGroup): Promise<TopList> => {
    const label = labelOf(groupBy);
    const rows = await sumUsage(scope, { ...matching, by: [label], sums: ["checks"], largest: LISTED });
    const labels = await labelsOf(
      scope,
      groupBy,
      rows.map((row) => row[label]),
    );
    const listed = rows.reduce((sum, { checks }) => sum + checks, 0);
    return {
      groupBy,
      groups: rows.map((row) => {
        const group = groupName(row[label]);
        return { group, label: labels.get(row[label]) ?? group, total: row.checks };
      }),
      // Less than zero if requests were counted between the two queries.
      others: Math.max(0, total - listed),
    };
  };
  const lists: TopList[] = [];
  // One after the other: a page must not take every connection of the pool.
  for (const groupBy of total === 0 ? [] : input.lists) lists.push(await listOf(groupBy));
  return { total, lists };
}
