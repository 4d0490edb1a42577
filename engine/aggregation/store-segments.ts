import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { inArray, sql } from "drizzle-orm";
import type { Db, Tx } from "#db/open.ts";
import { finishedSegments, largestOfEach, oldestFirst, type SegmentFile } from "../journal/segments.ts";
import { addUsage } from "../usage/store.ts";
import type { DenialAggregate } from "./aggregate-denials.ts";
import type { ShardRows, UsageAggregate } from "./aggregate-usage.ts";
import { ALL_SHARDS, SHARDS, shardsBetween } from "./key-shards.ts";
import { LastUses } from "./last-uses.ts";
import {
  aggregateFrom,
  MAX_BYTES,
  MAX_SEGMENTS,
  mergeSegments,
  type PendingSegment,
} from "./merge-segments.ts";
import { storeDenials, trimDenials } from "./store-denials.ts";
import { mergeRareObservations, storeObservations } from "./store-observations.ts";
import { finishOldSegments } from "./store-old-segments.ts";
import { storeRequests } from "./store-requests.ts";
import { storeReportOnly } from "./store-usage.ts";

/** Rows per transaction: few enough that other writers don't wait long. A shard with more is still one transaction. */
const MAX_ROWS_PER_TRANSACTION = 5_000;

interface StoreOptions {
  /** Keeps those that are not stored yet. Without it, all are stored. */
  lastUses?: LastUses;
  /** Sums that take more memory are computed and stored in several passes. */
  maxBytes?: number;
  /** Is called often while segments are read. */
  pause?: () => void;
}

/**
 * Counts every finished segment below `dir` and deletes it. Waiting segments are merged, so that a row is written once
 * for all of them. Resolves with the number of counted checks.
 */
export async function storeSegments(
  db: Db,
  dir: string,
  nowMs: () => number,
  { lastUses = new LastUses(), maxBytes = MAX_BYTES, pause = () => {} }: StoreOptions = {},
): Promise<number> {
  const { largest, copies } = await largestOfEach(await finishedSegments(dir));
  let { waiting, counted } = await finishOldSegments(db, await oldestFirst(largest), nowMs());
  while (waiting.length > 0) {
    const merged = await storeMerged(db, waiting, { lastUses, maxBytes, pause, nowMs: nowMs() });
    counted += merged.counted;
    waiting = waiting.slice(merged.segments);
  }
  await lastUses.storeDue(db, nowMs());
  // If the process dies before, they add nothing: their segments are recorded as stored.
  for (const { path } of copies) await rm(path, { force: true });
  return counted;
}

/** What the steps of a merge have in common. */
interface Storing extends Required<StoreOptions> {
  nowMs: number;
}

/** What was stored of some segments. */
interface Stored {
  /** Of the shards that were stored. */
  counted: number;
  /** The first shard that was not. */
  endShard: number;
}

/** If the process dies before the files are deleted, they are read again. Nothing is counted or stored twice. */
async function storeMerged(
  db: Db,
  waiting: readonly SegmentFile[],
  storing: Storing,
): Promise<{ segments: number; counted: number }> {
  const some = await withStoredShards(db, waiting.slice(0, MAX_SEGMENTS));
  const { segments, ...first } = await storeFirstShards(db, some, storing);
  let { counted, endShard } = first;
  while (endShard < SHARDS) {
    const next = await storeNextShards(db, segments, endShard, storing);
    counted += next.counted;
    endShard = next.endShard;
  }
  for (const { path } of segments) await rm(path, { force: true });
  return { segments: segments.length, counted };
}

/** Merges as many of the segments as fit into memory, and stores their lists, and their sums as far as they do. */
async function storeFirstShards(
  db: Db,
  waiting: readonly PendingSegment[],
  storing: Storing,
): Promise<Stored & { segments: readonly PendingSegment[] }> {
  const { segments, usage, denials } = await mergeSegments(waiting, storing.maxBytes, storing.pause);
  // A denial's id consists of its segment and line, so that it can't be stored twice.
  await storeDenialLists(db, denials);
  // So is a request's.
  await inTransactions(usage.requests.rows, (rows) => db.write((tx) => storeRequests(tx, rows)));
  return { segments, ...(await storeSums(db, usage, segments, storing)) };
}

/** A separate function, so that the sums of two calls are never in memory at the same time. */
async function storeNextShards(
  db: Db,
  segments: readonly PendingSegment[],
  startShard: number,
  storing: Storing,
): Promise<Stored> {
  const usage = await aggregateFrom(startShard, segments, storing.maxBytes, storing.pause);
  return storeSums(db, usage, segments, storing);
}

async function storeSums(
  db: Db,
  usage: UsageAggregate,
  segments: readonly PendingSegment[],
  { lastUses, nowMs }: Storing,
): Promise<Stored> {
  // Before the sums: if the process dies in between, this is done again, and has the same result.
  await lastUses.add(db, usage, nowMs);
  for (const group of groupsOf(usage)) await storeShards(db, group, segments, nowMs);
  for (const group of usage.observations.overLimit) await db.write((tx) => mergeRareObservations(tx, group));
  return { counted: usage.lines, endShard: usage.endShard };
}

async function withStoredShards(db: Db, files: readonly SegmentFile[]): Promise<PendingSegment[]> {
  const { journalSegments } = db.read.t;
  const ids = files.map(({ id }) => id);
  const rows = await db.read.q
    .select({ id: journalSegments.id, parts: journalSegments.parts })
    .from(journalSegments)
    .where(inArray(journalSegments.id, ids));
  const shardsOf = new Map(rows.map(({ id, parts }) => [id, BigInt(parts)]));
  return files.map((file) => ({ ...file, stored: shardsOf.get(file.id) ?? 0n }));
}

async function storeDenialLists(db: Db, denials: DenialAggregate): Promise<void> {
  await inTransactions(denials.rows, (rows) => db.write((tx) => storeDenials(tx, rows)));
  for (const list of denials.overLimit) await db.write((tx) => trimDenials(tx, list));
}

/** Consecutive shards that are stored in one transaction. */
interface ShardGroup extends ShardRows {
  from: number;
  /** Exclusive. */
  to: number;
}

function groupsOf(usage: UsageAggregate): ShardGroup[] {
  const groups: ShardGroup[] = [];
  let last: ShardGroup | undefined;
  let rows = 0;
  for (const [at, shard] of usage.shardRows.entries()) {
    const from = usage.startShard + at;
    const more = shard.usage.length + shard.reportOnly.length + shard.observations.length;
    if (last === undefined || rows + more > MAX_ROWS_PER_TRANSACTION) {
      last = { ...shard, from, to: from + 1 };
      groups.push(last);
      rows = more;
    } else {
      last.to = from + 1;
      for (const name of ["usage", "reportOnly", "observations"] as const) {
        (last[name] as unknown[]) = [...last[name], ...shard[name]];
      }
      rows += more;
    }
  }
  return groups;
}

/** Adds some shards of all segments, and records that they are stored, in one transaction. */
async function storeShards(
  db: Db,
  { from, to, usage, reportOnly, observations }: ShardGroup,
  segments: readonly PendingSegment[],
  nowMs: number,
): Promise<void> {
  await db.write(async (tx) => {
    await recordShards(tx, { from, to }, segments, nowMs);
    await addUsage(tx, { id: batchId(segments, { from, to }), rows: usage });
    await storeReportOnly(tx, reportOnly);
    // Last, because it takes a lock that other verifiers wait for.
    await storeObservations(tx, observations);
  });
}

/** Depends only on what is counted: the shards of each segment that are not stored yet. */
function batchId(segments: readonly PendingSegment[], { from, to }: { from: number; to: number }): string {
  const hash = createHash("sha256");
  for (const { id, stored } of segments) hash.update(`${id}/${shardsBetween(from, to) & ~stored}\n`);
  return hash.digest("base64url");
}

/** Throws if another process has stored one of the shards meanwhile. */
async function recordShards(
  tx: Tx,
  { from, to }: { from: number; to: number },
  segments: readonly PendingSegment[],
  nowMs: number,
): Promise<void> {
  const { journalSegments } = tx.t;
  const rows = segments
    .map(({ id, stored }) => ({ id, parts: shardsBetween(from, to) & ~stored & ALL_SHARDS }))
    .filter(({ parts }) => parts !== 0n)
    .map(({ id, parts }) => ({ id, parts: Number(parts), appliedAt: nowMs, lines: 0 }));
  if (rows.length === 0) return;
  const recorded = await tx.q
    .insert(journalSegments)
    .values(rows)
    .onConflictDoUpdate({
      target: journalSegments.id,
      set: { parts: sql`${journalSegments.parts} | excluded.parts`, appliedAt: nowMs },
      setWhere: sql`(${journalSegments.parts} & excluded.parts) = 0`,
    })
    .returning({ id: journalSegments.id });
  if (recorded.length < rows.length) throw new Error("another process is counting the same journal segments");
}

async function inTransactions<Row>(rows: Row[], work: (batch: Row[]) => Promise<void>): Promise<void> {
  for (let at = 0; at < rows.length; at += MAX_ROWS_PER_TRANSACTION)
    await work(rows.slice(at, at + MAX_ROWS_PER_TRANSACTION));
}
