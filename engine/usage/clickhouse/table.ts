export const TABLE = "latchkey_usage";

/** Days for which counts are kept, by interval. Null: forever. */
export interface UsageDays {
  minute: number;
  hour: number;
  day: number | null;
}

/** How long the store remembers which batches it has added: longer than any journal waits. */
const BATCH_DAYS = 1_000;

/**
 * One table for all intervals, without partitions: an insert is one part, and so is stored as a whole or not at all.
 * Rows with interval `batch` say which batches were added: they are part of the same insert.
 */
export function createTable(days: UsageDays): string {
  return `
create table if not exists ${TABLE} (
  interval Enum8('batch' = 0, 'minute' = 1, 'hour' = 2, 'day' = 3),
  bucket DateTime('UTC') codec(DoubleDelta, ZSTD),
  project_id String,
  key_id String,
  secret_id String,
  api LowCardinality(String),
  operation LowCardinality(String),
  environment LowCardinality(String),
  code LowCardinality(String),
  count UInt64,
  units UInt64
)
engine = SummingMergeTree((count, units))
order by (interval, project_id, bucket, key_id, secret_id, api, operation, environment, code)
ttl ${ttl(days)}
settings non_replicated_deduplication_window = 10000`.trim();
}

/** The statement that changes how long counts are kept, days; null for ever. */
export function modifyTtl(days: UsageDays): string {
  return `alter table ${TABLE} modify ttl ${ttl(days)}`;
}

function ttl({ minute, hour, day }: UsageDays): string {
  const kept = Object.entries({ minute, hour, day, batch: BATCH_DAYS });
  return kept
    .flatMap(([interval, days]) =>
      days === null ? [] : [`bucket + toIntervalDay(${days}) delete where interval = '${interval}'`],
    )
    .join(", ");
}
