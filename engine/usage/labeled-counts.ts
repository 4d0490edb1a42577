import { desc, getTableName, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import type { Tables } from "#db/schema.ts";
import type { UsageColumns, UsageFilter, UsageSums } from "./types.ts";

type CountsTable = Tables["usageDays"];

interface LabeledCounts {
  /** The buckets that are read. */
  isInTime: SQL;
  /** Conditions on the labels of the series. */
  conditions: SQL[];
  /** Those of `conditions` that need only the table of series. */
  onSeries: SQL[];
  by: readonly (keyof UsageColumns)[];
  sums: readonly (keyof UsageSums)[];
  /** The result of `seriesFirstIsFaster`. */
  seriesFirst: boolean;
}

/** The tables and conditions that select counts, joined with the labels of their series where needed. */
export function labeledCounts(
  scope: Scope,
  table: CountsTable,
  { isInTime, conditions, onSeries, by, sums, seriesFirst }: LabeledCounts,
): { from: SQL; where: SQL[] } {
  const { usageSeries } = scope.t;
  const needsLabels = sums.includes("denied") || by.some((column) => column !== "bucket");
  // A total needs no labels, and reading them takes longer than adding up the counts.
  if (!needsLabels && conditions.length === 0) return { from: sql`${table}`, where: [isInTime] };
  const isOne = sql`${usageSeries.id} = ${table.series}`;
  const where = [...conditions, isInTime];
  if (scope.dialect === "postgres")
    return { from: sql`${table} inner join ${usageSeries} on ${isOne}`, where };
  // `cross join` makes SQLite read the tables in this order.
  if (seriesFirst) return { from: sql`${usageSeries} cross join ${table} on ${isOne}`, where };
  const some = [isInTime, ...isOfSeries(scope, table, onSeries)];
  if (!by.includes("bucket"))
    return {
      from: sql`${sumsOfSeries(table, some)} cross join ${usageSeries} on ${isOne}`,
      where: conditions,
    };
  if (!needsLabels && conditions.length === onSeries.length) return { from: sql`${table}`, where: some };
  return { from: sql`${table} cross join ${usageSeries} on ${isOne}`, where };
}

/**
 * Compares the ids of series with a list, which is faster than reading their labels. The unary plus keeps SQLite from
 * looking up each id in each bucket.
 */
function isOfSeries({ q, t: { usageSeries } }: Scope, table: CountsTable, conditions: SQL[]): SQL[] {
  if (conditions.length === 0) return [];
  const matching = q.select({ id: usageSeries.id }).from(usageSeries).where(sql.join(conditions, sql` and `));
  return [sql`+${table.series} in ${matching}`];
}

/** The counts of each series added up, under the name of their table: few rows are then labeled and sorted. */
function sumsOfSeries(table: CountsTable, conditions: SQL[]): SQL {
  const { series, count, units, bucket } = table;
  return sql`(select ${series}, sum(${count}) as ${sql.identifier(count.name)}, sum(${units}) as ${sql.identifier(units.name)},
    max(${bucket}) as ${sql.identifier(bucket.name)} from ${table} where ${sql.join(conditions, sql` and `)}
    group by ${series}) as ${sql.identifier(getTableName(table))}`;
}

/** Looking up one count takes about as long as scanning this many. */
const READS_PER_LOOKUP = 8;

/** Whether looking up the counts of matching series is faster than scanning all. Postgres decides this itself. */
export async function seriesFirstIsFaster(scope: Scope, { where = {} }: UsageFilter): Promise<boolean> {
  if (scope.dialect !== "sqlite") return false;
  if (where.keyId !== undefined || where.secretId !== undefined) return true;
  if (where.projectId === undefined) return false;
  const { usageSeries } = scope.t;
  const matching = await scope.q.$count(usageSeries, oneOf(scope, usageSeries.projectId, where.projectId));
  const [last] = await scope.q
    .select({ id: usageSeries.id })
    .from(usageSeries)
    .orderBy(desc(usageSeries.id))
    .limit(1);
  return matching * READS_PER_LOOKUP < (last?.id ?? 0);
}
