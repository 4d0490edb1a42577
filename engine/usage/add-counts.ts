import { sql } from "drizzle-orm";
import { BUCKET_MS, USAGE_INTERVALS } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { inStatements, jsonRows } from "../aggregation/json-rows.ts";
import type { UsageRow } from "../aggregation/usage-rows.ts";
import { ensurePartitions } from "./partitions.ts";
import { type SeriesLabels, seriesIds } from "./series.ts";

/** A row of one of the three tables. */
type CountRow = [bucket: number, series: number, count: number, units: number];

/**
 * The most that a row can hold: more than a hundred million a second for a day. Otherwise a service that reports false
 * counts could let a number overflow, and the journal with it could never be stored.
 */
export const MAX_COUNT = 10_000_000_000_000;

/**
 * Adds counts in this transaction. Each table and each row is locked in the same order by everyone, so that two
 * verifiers can't deadlock.
 */
export async function addCounts(tx: Tx, rows: readonly UsageRow[]): Promise<void> {
  const { series, placeOf } = distinctSeries(rows);
  const buckets: Record<UsageInterval, Set<number>> = { minute: new Set(), hour: new Set(), day: new Set() };
  for (const [interval, , startMs] of rows) buckets[interval].add(bucketOf(interval, startMs));
  await ensurePartitions(tx, buckets);
  const ids = await seriesIds(tx, series);
  const counts: Record<UsageInterval, CountRow[]> = { minute: [], hour: [], day: [] };
  rows.forEach(([interval, , startMs, , , , , , , count, units], at) => {
    const series = ids[placeOf[at] ?? 0] ?? 0;
    counts[interval].push([bucketOf(interval, startMs), series, ...[count, units].map(bounded)] as CountRow);
  });
  for (const interval of USAGE_INTERVALS) await addTo(tx, interval, counts[interval]);
}

/** The table of an interval. */
export function countsTable({ t }: Pick<Tx, "t">, interval: UsageInterval) {
  return { minute: t.usageMinutes, hour: t.usageHours, day: t.usageDays }[interval];
}

/** The number of the bucket that begins at `startMs` (epoch ms), as tables store it. */
export function bucketOf(interval: UsageInterval, startMs: number): number {
  return Math.floor(startMs / BUCKET_MS[interval]);
}

function bounded(count: number): number {
  return Math.min(count, MAX_COUNT);
}

async function addTo(tx: Tx, interval: UsageInterval, rows: CountRow[]): Promise<void> {
  if (rows.length === 0) return;
  const table = countsTable(tx, interval);
  const smaller = sql.raw(tx.dialect === "postgres" ? "least" : "min");
  const max = sql.raw(String(MAX_COUNT));
  rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  await inStatements(rows, (some) =>
    tx.q
      .insert(table)
      .select(jsonRows(tx, some, ["integer", "integer", "number", "number"]))
      .onConflictDoUpdate({
        target: [table.bucket, table.series],
        set: {
          count: sql`${smaller}(${table.count} + excluded.count, ${max})`,
          units: sql`${smaller}(${table.units} + excluded.units, ${max})`,
        },
      }),
  );
}

/** The series of the rows, and the index of each row's series among them. */
function distinctSeries(rows: readonly UsageRow[]): { series: SeriesLabels[]; placeOf: number[] } {
  const indexes = new Map<string, number>();
  const series: SeriesLabels[] = [];
  const placeOf = rows.map(([, projectId, , keyId, secretId, api, operation, environment, code]) => {
    const labels: SeriesLabels = [projectId, keyId, secretId, api, operation, environment, code];
    const name = labels.join("\t");
    const known = indexes.get(name);
    if (known !== undefined) return known;
    indexes.set(name, series.length);
    series.push(labels);
    return series.length - 1;
  });
  return { series, placeOf };
}
