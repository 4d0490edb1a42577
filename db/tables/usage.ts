import { sql } from "drizzle-orm";
import type { Environment, VerdictCode } from "#core/verdict.ts";
import type { Dialect } from "../dialect.ts";

export type UsageInterval = "minute" | "hour" | "day";

/** Counts of checks, and the journal segments that they include. */
export function defineUsage(d: Dialect) {
  /**
   * What checks are counted by. Each combination is stored once, and counts refer to it by its number. Unknown facts
   * are empty strings: a check with an unknown secret has no project, key, secret or environment.
   */
  const usageSeries = d.table(
    "usage_series",
    {
      id: d.sequence("id"),
      projectId: d.text("project_id").notNull(),
      keyId: d.text("key_id").notNull(),
      secretId: d.text("secret_id").notNull(),
      /** Slug of the API. */
      api: d.text("api").notNull(),
      operation: d.text("operation").notNull(),
      environment: d.text<Environment | "">("environment").notNull(),
      code: d.text<VerdictCode>("code").notNull(),
    },
    (t) => [
      d
        .uniqueIndex("usage_series_labels")
        .on(t.keyId, t.secretId, t.api, t.operation, t.environment, t.code, t.projectId),
      d.index("usage_series_project").on(t.projectId),
    ],
  );

  /** On Postgres, these three are partitioned by time (`db/usage-partitions.ts`). */
  const counts = (name: string) =>
    d.table(
      name,
      {
        /** Whole minutes, hours or days since the epoch, UTC. */
        bucket: d.smallInteger("bucket").notNull(),
        series: d.smallInteger("series").notNull(),
        count: d.integer("count").notNull(),
        /** The units that allowed checks consumed: the sum of their costs. */
        units: d.integer("units").notNull(),
      },
      (t) => [d.primaryKey({ columns: [t.bucket, t.series] })],
    );
  const usageMinutes = counts("usage_minutes");
  const usageHours = counts("usage_hours");
  const usageDays = counts("usage_days");

  /** The requests of large projects by hour, added up for whole days (`domain/usage/hour-sums.ts`). */
  const usageHourSums = d.table(
    "usage_hour_sums",
    {
      /** Whole days since the epoch, UTC. */
      day: d.smallInteger("day").notNull(),
      projectId: d.text("project_id").notNull(),
      /** The requests of the day when its hours were added up. */
      total: d.integer("total").notNull(),
      /** Of each of its 24 hours. */
      hours: d.json<number[]>("hours").notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.day, t.projectId] })],
  );

  /**
   * Counts of versions that did not have the tables above. Still read, because those may run during an upgrade. A job
   * moves the rows (`engine/usage/move-old-rows.ts`).
   */
  const usage = d.table(
    "usage",
    {
      interval: d.text<UsageInterval>("interval").notNull(),
      projectId: d.text("project_id").notNull(),
      /** Start of the bucket, epoch ms, UTC. */
      bucket: d.instant("bucket").notNull(),
      keyId: d.text("key_id").notNull(),
      secretId: d.text("secret_id").notNull(),
      /** Slug of the API. */
      api: d.text("api").notNull(),
      operation: d.text("operation").notNull(),
      environment: d.text<Environment | "">("environment").notNull(),
      code: d.text<VerdictCode>("code").notNull(),
      count: d.integer("count").notNull(),
      /** The units that allowed checks consumed: the sum of their costs. */
      units: d.integer("units").notNull().default(0),
    },
    (t) => [
      d.primaryKey({
        columns: [
          t.interval,
          t.projectId,
          t.bucket,
          t.keyId,
          t.secretId,
          t.api,
          t.operation,
          t.environment,
          t.code,
        ],
      }),
      d.index("usage_key").on(t.interval, t.keyId, t.bucket),
      // Few rows are denials: the totals of denied requests are read from this index alone.
      d
        .index("usage_denied")
        .on(t.projectId, t.interval, t.bucket, t.code, t.count)
        .where(sql`${t.code} <> 'VALID'`),
      // A covering index for queries of the whole site.
      d.index("usage_time").on(t.interval, t.bucket, t.code, t.projectId, t.count),
    ],
  );

  /** A segment is counted exactly if it is listed here: both are written in one transaction. */
  const journalSegments = d.table(
    "journal_segments",
    {
      id: d.text("id").primaryKey(),
      appliedAt: d.instant("applied_at").notNull(),
      lines: d.integer("lines").notNull(),
      /** Which shards of it are in the counts, a bit for each (`engine/aggregation/key-shards.ts`). */
      parts: d.integer("parts").notNull().default(0),
    },
    (t) => [d.index("journal_segments_applied").on(t.appliedAt)],
  );

  return { usageSeries, usageMinutes, usageHours, usageDays, usageHourSums, usage, journalSegments };
}

/** Counts on their way to a usage store outside of this database. */
export function defineUsageOutbox(d: Dialect) {
  /** A batch is added in the transaction that records its segments, and deleted when the store has it. */
  const usageOutbox = d.table("usage_outbox", {
    id: d.text("id").primaryKey(),
    createdAt: d.instant("created_at").notNull(),
    /** The rows as JSON, compressed with gzip, in base64. */
    rows: d.text("rows").notNull(),
  });
  return { usageOutbox };
}
