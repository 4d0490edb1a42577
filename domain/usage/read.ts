import { and, asc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { requireProjectRole } from "../access.ts";
import type { Verb } from "../context.ts";
import { iso } from "../time.ts";
import { labelsOf } from "./labels.ts";
import { type UsageRange, usageRange } from "./range.ts";
import type { ReadUsageInput } from "./schemas.ts";
import type { Usage, UsagePoint, UsageSeries } from "./types.ts";

/** Stands for a check that had no operation, say: the rollups keep it as an empty text. */
const NONE = "(none)";

/**
 * Counted checks of a project in whole buckets, grouped. What every page shows and `GET …/usage` answers,
 * so that no two of them can disagree.
 */
export async function readUsage({ ctx, input }: Verb<ReadUsageInput>): Promise<Usage> {
  await requireProjectRole(ctx, ctx.db.read, input.projectId, "viewer");
  const range = usageRange(input, ctx.now());
  const rows = await countedIn(ctx.db.read, input, range);
  const labels = await labelsOf(ctx.db.read, input.groupBy, [...new Set(rows.map((row) => row.group))]);
  const series = [...Map.groupBy(rows, (row) => row.group)]
    .map(([group, points]): UsageSeries => {
      const name = group === "" ? NONE : group;
      return {
        group: name,
        label: labels.get(group) ?? name,
        points: points.map(({ bucket, checks }): UsagePoint => [bucket, checks]),
        total: sumOf(points),
      };
    })
    .sort((a, b) => b.total - a.total || (a.group < b.group ? -1 : 1));
  return {
    interval: range.interval,
    from: iso(range.from),
    to: iso(range.to),
    series,
    total: sumOf(rows),
  };
}

interface Counted {
  bucket: number;
  group: string;
  checks: number;
}

function countedIn({ q, t }: Scope, input: ReadUsageInput, range: UsageRange): Promise<Counted[]> {
  const { usage } = t;
  const group = columnOf(usage, input.groupBy);
  return q
    .select({
      bucket: usage.bucket,
      group: sql<string>`${group}`,
      checks: sql<number>`sum(${usage.count})`.mapWith(Number),
    })
    .from(usage)
    .where(
      and(
        eq(usage.interval, range.interval),
        eq(usage.projectId, input.projectId),
        gte(usage.bucket, range.from),
        lt(usage.bucket, range.to),
        onlyThose(usage, input),
      ),
    )
    .groupBy(usage.bucket, group)
    .orderBy(asc(usage.bucket), asc(group));
}

function onlyThose(usage: Tables["usage"], { keyId, api, code }: ReadUsageInput): SQL | undefined {
  return and(
    keyId === undefined ? undefined : eq(usage.keyId, keyId),
    api === undefined ? undefined : eq(usage.api, api),
    code === undefined ? undefined : eq(usage.code, code),
  );
}

function columnOf(usage: Tables["usage"], groupBy: ReadUsageInput["groupBy"]) {
  switch (groupBy) {
    case "code":
      return usage.code;
    case "key":
      return usage.keyId;
    case "secret":
      return usage.secretId;
    case "api":
      return usage.api;
    case "operation":
      return usage.operation;
    case "environment":
      return usage.environment;
  }
}

function sumOf(rows: readonly { checks: number }[]): number {
  return rows.reduce((sum, row) => sum + row.checks, 0);
}
