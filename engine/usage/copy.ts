import { DAY_MS, HOUR_MS, startOf } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import type { UsageRow } from "../aggregation/usage-rows.ts";
import type { ClickHouseUsage } from "./clickhouse/store.ts";
import { databaseUsage } from "./database-store.ts";

/** How much time one batch covers, by interval. */
const SPANS_MS: Record<UsageInterval, number> = { minute: HOUR_MS, hour: DAY_MS, day: DAY_MS };
const LABELS = ["projectId", "keyId", "secretId", "api", "operation", "environment", "code"] as const;

/** What was copied of one interval. */
export interface CopiedUsage {
  interval: UsageInterval;
  rows: number;
  requests: number;
}

/**
 * Copies the counts of the database to another store. Nobody may count meanwhile. What an earlier run has copied is
 * left out, so that it can be repeated after an interruption. Throws if the sums differ afterwards.
 */
export async function copyUsage(
  { read }: Db,
  target: ClickHouseUsage,
  onRows: (rows: number) => void = () => {},
): Promise<CopiedUsage[]> {
  const copied: CopiedUsage[] = [];
  for (const interval of ["minute", "hour", "day"] as const) {
    const all = { by: ["bucket"], sums: ["checks"], buckets: [{ interval, from: 0 }] } as const;
    const before = await databaseUsage.sum(read, all);
    const spanMs = SPANS_MS[interval];
    const starts = new Set(before.map(({ bucket }) => startOf(spanMs, bucket)));
    let rows = 0;
    for (const from of [...starts].sort((a, b) => a - b)) {
      const sums = await databaseUsage.sum(read, {
        by: ["bucket", ...LABELS],
        sums: ["checks", "units"],
        buckets: [{ interval, from, to: from + spanMs }],
      });
      const batch = sums.map(({ bucket, checks, units, ...of }): UsageRow => {
        const labels = [of.keyId, of.secretId, of.api, of.operation, of.environment, of.code] as const;
        return [interval, of.projectId, bucket, ...labels, checks, units];
      });
      await target.insert({ id: `copied ${interval} ${from}`, rows: batch });
      rows += batch.length;
      onRows(batch.length);
    }
    const requests = sumOf(before);
    const [found = { checks: 0 }] = await target.sum(read, { ...all, by: [] });
    if (found.checks !== requests)
      throw new Error(`ClickHouse has ${found.checks} requests by ${interval} instead of ${requests}`);
    copied.push({ interval, rows, requests });
  }
  return copied;
}

function sumOf(rows: { checks: number }[]): number {
  return rows.reduce((sum, { checks }) => sum + checks, 0);
}
