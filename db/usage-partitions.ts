import { BUCKET_MS } from "#core/time.ts";
import type { UsageInterval } from "./tables/usage.ts";

export const USAGE_TABLES = {
  minute: "usage_minutes",
  hour: "usage_hours",
  day: "usage_days",
} as const satisfies Record<UsageInterval, string>;

/** A partition of a table of counts, on Postgres: a day of minutes or hours, or a month of days. */
export interface UsagePartition {
  table: string;
  /** Contains the first day, so that the partitions of a table are in the order of time. */
  name: string;
  /** Bucket numbers. */
  from: number;
  /** Exclusive. */
  to: number;
}

/** The partition that a bucket belongs to. */
export function usagePartition(interval: UsageInterval, bucket: number): UsagePartition {
  const lengthMs = BUCKET_MS[interval];
  const at = new Date(bucket * lengthMs);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  const [startMs, endMs] =
    interval === "day"
      ? [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)]
      : [Date.UTC(year, month, day), Date.UTC(year, month, day + 1)];
  const date = new Date(startMs).toISOString().slice(0, interval === "day" ? 7 : 10);
  return {
    table: USAGE_TABLES[interval],
    name: `${USAGE_TABLES[interval]}_${date.replaceAll("-", "_")}`,
    from: startMs / lengthMs,
    to: endMs / lengthMs,
  };
}

/**
 * Statements that create a partition. It is attached when it is complete, because that locks out neither readers nor
 * writers of the table. Free space is left on each page: updated rows that stay on their page need no new index entry.
 */
export function createPartition({ table, name, from, to }: UsagePartition): string[] {
  return [
    `create table "${name}" (like "${table}" including all) with (fillfactor = 85)`,
    `alter table "${name}" add constraint "${name}_bounds" check ("bucket" >= ${from} and "bucket" < ${to})`,
    `alter table "${table}" attach partition "${name}" for values from (${from}) to (${to})`,
    `alter table "${name}" drop constraint "${name}_bounds"`,
  ];
}
