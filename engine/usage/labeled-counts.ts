import { desc, getTableName, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import type { Tables } from "#db/schema.ts";
import type { UsageColumns, UsageFilter, UsageSums } from "./types.ts";

type CountsTable = Tables["usageDays"];

interface LabeledCounts {
  /** The buckets that are read. */
  isInTime: SQL;
  /** On the series that match. */
  conditions: SQL[];
  /** Those of `conditions` that need no other table. */
  onSeries: SQL[];
  by: readonly (keyof UsageColumns)[];
  sums: readonly (keyof UsageSums)[];
  /** As `readsSeriesFirst` says. */
  seriesFirst: boolean;
}

/** Counts with the labels of their series, if these are needed: what to read, and which rows of it. */
export function labeledCounts(
  scope: Scope,
  table: CountsTable,
  { isInTime, conditions, onSeries, by, sums, seriesFirst }: LabeledCounts,
): { from: SQL; where: SQL[] } {
  const { usageSeries } = scope.t;
  const namesSeries = sums.includes("denied") || by.some((column) => column !== "bucket");
  // Sums of everything need no labels, and reading those of each row takes longer than adding up.
  if (!namesSeries && conditions.length === 0) return { from: sql`${table}`, where: [isInTime] };
  const isOne = sql`${usageSeries.id} = ${table.series}`;
  const where = [...conditions, isInTime];
  if (scope.dialect === "postgres")
    return { from: sql`${table} inner join ${usageSeries} on ${isOne}`, where };
  // "Cross" makes SQLite read the tables in this order.
  if (seriesFirst) return { from: sql`${usageSeries} cross join ${table} on ${isOne}`, where };
  const some = [isInTime, ...isOfSeries(scope, table, onSeries)];
  if (!by.includes("bucket"))
    return {
      from: sql`${sumsOfSeries(table, some)} cross join ${usageSeries} on ${isOne}`,
      where: conditions,
    };
  if (!namesSeries && conditions.length === onSeries.length) return { from: sql`${table}`, where: some };
  return { from: sql`${table} cross join ${usageSeries} on ${isOne}`, where };
}

/**
 * Compares the number of the series with a list, which takes less time than reading its labels. The sign keeps SQLite
 * from looking up each of them in each bucket.
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

/** Looking up a count takes about as long as reading this many. */
const READS_PER_LOOKUP = 8;

/** Whether looking up the counts of the series that match is faster than reading all. Postgres decides that itself. */
export async function readsSeriesFirst(scope: Scope, { where = {} }: UsageFilter): Promise<boolean> {
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
