import { sql } from "drizzle-orm";
import { BUCKET_MS, USAGE_INTERVALS } from "#core/time.ts";
import { takeAdvisoryLock } from "#db/advisory-locks.ts";
import { isLockTimeout } from "#db/errors.ts";
import type { Db, Scope, Tx } from "#db/open.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { createPartition, USAGE_TABLES, type UsagePartition, usagePartition } from "#db/usage-partitions.ts";

/** How far ahead partitions are created: longer than a whole deployment is ever stopped. */
const AHEAD_MS = 3 * BUCKET_MS.day;
/** A drop waits this long for readers of the table, and they for it. The next call tries again. */
const LOCK_TIMEOUT = "2s";

/**
 * Creates the partitions of these buckets that do not exist, in this transaction. Does nothing on SQLite, which has none.
 * Call it before anything else in the transaction locks rows of counts.
 */
export async function ensurePartitions(
  tx: Tx,
  buckets: Record<UsageInterval, Iterable<number>>,
): Promise<void> {
  if (tx.dialect === "sqlite") return;
  const wanted = new Map<string, UsagePartition>();
  for (const interval of USAGE_INTERVALS) {
    for (const bucket of buckets[interval]) {
      const partition = usagePartition(interval, bucket);
      wanted.set(partition.name, partition);
    }
  }
  if ((await missingOf(tx, wanted)).length === 0) return;
  await takeAdvisoryLock(tx, "usagePartitions");
  // Another process may have created them before it released the lock.
  for (const partition of await missingOf(tx, wanted)) {
    for (const statement of createPartition(partition)) await tx.execute(sql.raw(statement));
  }
}

/** Creates the partitions of the next days. */
export async function createPartitionsAhead(db: Db, nowMs: number): Promise<void> {
  if (db.dialect === "sqlite") return;
  const [first, last] = [nowMs, nowMs + AHEAD_MS];
  const bucketsOf = (interval: UsageInterval) => {
    const lengthMs = BUCKET_MS[interval];
    const buckets = [Math.floor(last / lengthMs)];
    for (let atMs = first; atMs < last; atMs += BUCKET_MS.day) buckets.push(Math.floor(atMs / lengthMs));
    return buckets;
  };
  await db.write((tx) =>
    ensurePartitions(tx, { minute: bucketsOf("minute"), hour: bucketsOf("hour"), day: bucketsOf("day") }),
  );
}

/**
 * Drops the partitions whose buckets are all before an instant. Resolves with false if one is in use: try again later.
 */
export async function dropPartitionsBefore(
  db: Db,
  interval: UsageInterval,
  beforeMs: number,
): Promise<boolean> {
  const first = Math.floor(beforeMs / BUCKET_MS[interval]);
  for (const name of await partitionNames(db.read, interval)) {
    const partition = partitionNamed(interval, name);
    if (partition === null || partition.to > first) continue;
    try {
      await db.write(async (tx) => {
        await tx.execute(sql.raw(`set local lock_timeout = '${LOCK_TIMEOUT}'`));
        await tx.execute(sql.raw(`drop table if exists "${name}"`));
      });
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      return false;
    }
  }
  return true;
}

/** The last instant (epoch ms, exclusive) up to which every table has a partition for each bucket from `nowMs` on. */
export async function partitionsReachTo(scope: Scope, nowMs: number): Promise<number> {
  const ends = await Promise.all(
    USAGE_INTERVALS.map(async (interval) => {
      const names = new Set(await partitionNames(scope, interval));
      const lengthMs = BUCKET_MS[interval];
      let bucket = Math.floor(nowMs / lengthMs);
      for (;;) {
        const { name, to } = usagePartition(interval, bucket);
        if (!names.has(name)) return Math.max(nowMs, bucket * lengthMs);
        bucket = to;
      }
    }),
  );
  return Math.min(...ends);
}

async function missingOf({ q }: Tx, wanted: ReadonlyMap<string, UsagePartition>): Promise<UsagePartition[]> {
  const rows = await q
    .select({ name: sql<string>`c.relname` })
    .from(sql`pg_inherits i join pg_class c on c.oid = i.inhrelid`)
    // A backup of an old partition in another schema may have the same name.
    .where(
      sql`c.relname = any(${sql.param([...wanted.keys()])}::text[])
          and i.inhparent in (${sql.join(USAGE_INTERVALS.map(tableId), sql`, `)})`,
    );
  const existing = new Set(rows.map(({ name }) => name));
  return [...wanted.values()].filter(({ name }) => !existing.has(name));
}

const tableId = (interval: UsageInterval) => sql`to_regclass(${USAGE_TABLES[interval]})`;

async function partitionNames({ q }: Scope, interval: UsageInterval): Promise<string[]> {
  const rows = await q
    .select({ name: sql<string>`c.relname` })
    .from(sql`pg_inherits i join pg_class c on c.oid = i.inhrelid`)
    .where(sql`i.inhparent = ${tableId(interval)}`)
    .orderBy(sql`c.relname`);
  return rows.map(({ name }) => name);
}

/** Null for a name that is not one of ours. */
function partitionNamed(interval: UsageInterval, name: string): UsagePartition | null {
  const date = /_(\d{4})_(\d\d)(?:_(\d\d))?$/.exec(name);
  if (date === null) return null;
  const [, year, month, day = "1"] = date;
  const startMs = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const partition = usagePartition(interval, Math.floor(startMs / BUCKET_MS[interval]));
  return partition.name === name ? partition : null;
}
