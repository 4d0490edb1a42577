import { inArray, sql } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import { requireProjectRole } from "../access/project-access.ts";
import type { Ctx, Verb } from "../context.ts";
import { countUsage, groupName, OTHER_GROUPS, usageOf } from "./count.ts";
import { countLargestGroups } from "./largest-groups.ts";
import { countPrevious } from "./previous.ts";
import { usageRange } from "./range.ts";
import type { ReadUsageInput, Usage, UsageGroup } from "./schema.ts";

/**
 * A project's requests, counted in whole buckets and grouped. All pages and `GET …/usage` use it, so that they can't
 * disagree. It has a page of the groups, the largest first; the others are added up.
 */
export async function readUsage({ ctx, input }: Verb<ReadUsageInput>): Promise<Usage> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "viewer");
  const range = usageRange(input, ctx.now());
  const { rows, others, groups, nextCursor } = await countLargestGroups(scope, input, range, input);
  const names = [...new Set(rows.map((row) => row.group))];
  const [labels, previous] = await Promise.all([
    labelsOf(scope, input.groupBy, names),
    input.compare && countPrevious(scope, input, range, { groups: names, nowMs: ctx.now() }),
  ]);
  const usage = usageOf(rows, range, labels);
  const page = { ...usage, groups, nextCursor };
  const whole =
    others === null
      ? page
      : { ...page, series: [...usage.series, others], total: usage.total + others.total };
  return previous === undefined ? whole : compared(whole, previous);
}

function compared(usage: Usage, previous: Awaited<ReturnType<typeof countPrevious>>): Usage {
  if (previous === null) return { ...usage, previous };
  const { all, totals } = previous;
  const byName = new Map([...totals].map(([group, total]) => [groupName(group), total]));
  const ofShown = [...totals.values()].reduce((sum, total) => sum + total, 0);
  const series = usage.series.map((each) => ({
    ...each,
    // Less than zero if requests were counted between the two queries.
    previousTotal:
      each.group === OTHER_GROUPS ? Math.max(0, all.total - ofShown) : (byName.get(each.group) ?? 0),
  }));
  return { ...usage, series, previous: all };
}

/** The same with every group, for an export; `previous` without the totals of groups. */
export async function readWholeUsage(ctx: Ctx, input: ReadUsageInput): Promise<Usage> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const range = usageRange(input, ctx.now());
  const rows = await countUsage(ctx.db.read, input, range);
  const labels = await labelsOf(ctx.db.read, input.groupBy, [...new Set(rows.map((row) => row.group))]);
  const previous =
    input.compare && (await countPrevious(ctx.db.read, input, range, { groups: [], nowMs: ctx.now() }));
  return { ...usageOf(rows, range, labels), ...(previous && { previous: previous.all }) };
}

/** Labels of the groups: keys by name, secrets by hint, APIs by name; others by their value. */
export async function labelsOf(
  { q, t }: Scope,
  groupBy: UsageGroup,
  groups: string[],
): Promise<Map<string, string>> {
  if (groups.length === 0) return new Map();
  const named = await (() => {
    switch (groupBy) {
      case "key":
        return q
          .select({ group: t.keys.id, label: t.keys.name })
          .from(t.keys)
          .where(inArray(t.keys.id, groups));
      case "secret":
        return q
          .select({
            group: t.secrets.id,
            label: sql<string>`case when ${t.secrets.temporary} then 'Try it' else ${t.secrets.hint} end`,
          })
          .from(t.secrets)
          .where(inArray(t.secrets.id, groups));
      case "api":
        return q
          .select({ group: t.apis.slug, label: t.apis.name })
          .from(t.apis)
          .where(inArray(t.apis.slug, groups));
      default:
        return [];
    }
  })();
  return new Map(named.map(({ group, label }) => [group, label]));
}
