import { and, count, desc, eq, gte, inArray, lt, ne, or, type SQL, sql } from "drizzle-orm";
import type { Scope, Tx } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import type { Tables } from "#db/schema.ts";
import { jsonRows } from "../aggregation/json-rows.ts";
import type {
  UsageBatch,
  UsageColumns,
  UsageFilter,
  UsageGroupSize,
  UsageLabel,
  UsageQuery,
  UsageStore,
  UsageSum,
  UsageSums,
} from "./types.ts";

/** The rollups in the database itself. A batch is added in the transaction that records it. */
export const databaseUsage: UsageStore = { add, sum, groupSizes };

async function add(tx: Tx, { rows }: UsageBatch): Promise<void> {
  if (rows.length === 0) return;
  const { usage } = tx.t;
  const labels = ["text", "text", "text", "text", "text", "text"] as const;
  const kinds = ["text", "text", "number", ...labels, "number", "number"] as const;
  await tx.q
    .insert(usage)
    .select(jsonRows(tx, rows, kinds))
    .onConflictDoUpdate({
      target: [
        usage.interval,
        usage.projectId,
        usage.bucket,
        usage.keyId,
        usage.secretId,
        usage.api,
        usage.operation,
        usage.environment,
        usage.code,
      ],
      set: {
        count: sql`${usage.count} + excluded.count`,
        units: sql`${usage.units} + excluded.units`,
      },
    });
}

async function sum<By extends keyof UsageColumns, Sum extends keyof UsageSums>(
  scope: Scope,
  { by, sums, largest, ...filter }: UsageQuery<By, Sum>,
): Promise<UsageSum<By, Sum>[]> {
  const { usage } = scope.t;
  const columns = by.map((name) => usage[name]);
  const measures = measuresOf(usage);
  const rows = scope.q
    .select({
      ...Object.fromEntries(by.map((name) => [name, usage[name]])),
      ...Object.fromEntries(sums.map((name) => [name, measures[name]])),
    })
    .from(usage)
    .where(matching(scope, filter))
    .groupBy(...columns)
    .having(sql`count(*) > 0`)
    .$dynamic();
  const found =
    largest === undefined ? await rows : await rows.orderBy(desc(measures.checks), ...columns).limit(largest);
  return found as UsageSum<By, Sum>[];
}

async function groupSizes(scope: Scope, filter: UsageFilter, label: UsageLabel): Promise<UsageGroupSize[]> {
  const { usage } = scope.t;
  const points = scope.q
    .select({ group: sql<string>`${usage[label]}`.as("name"), checks: measuresOf(usage).checks.as("checks") })
    .from(usage)
    .where(matching(scope, filter))
    .groupBy(usage[label], usage.bucket)
    .as("points");
  return scope.q
    .select({ group: points.group, points: count(), checks: sql`sum(${points.checks})`.mapWith(Number) })
    .from(points)
    .groupBy(points.group);
}

function measuresOf(usage: Tables["usage"]): Record<keyof UsageSums, SQL<number>> {
  const measure = (aggregate: SQL) => sql<number>`coalesce(${aggregate}, 0)`.mapWith(Number);
  return {
    checks: measure(sql`sum(${usage.count})`),
    denied: measure(sql`sum(case when ${usage.code} <> 'VALID' then ${usage.count} end)`),
    units: measure(sql`sum(${usage.units})`),
    lastBucket: measure(sql`max(${usage.bucket})`),
  };
}

function matching(
  scope: Scope,
  { buckets, where = {}, onlyDenied, onlyKnown }: UsageFilter,
): SQL | undefined {
  const { usage } = scope.t;
  const labels = Object.entries(where) as [UsageLabel, readonly string[] | undefined][];
  return and(
    or(
      ...buckets.map(({ interval, from, to }) =>
        and(
          eq(usage.interval, interval),
          gte(usage.bucket, from),
          to === undefined ? undefined : lt(usage.bucket, to),
        ),
      ),
    ),
    ...labels.map(([label, values]) => {
      if (values === undefined) return undefined;
      return values.length === 1
        ? inArray(usage[label], values as string[])
        : oneOf(scope, usage[label], values);
    }),
    // Written as in the condition of the index `usage_denied`.
    onlyDenied ? sql`${usage.code} <> 'VALID'` : undefined,
    onlyKnown ? ne(usage.projectId, "") : undefined,
  );
}
