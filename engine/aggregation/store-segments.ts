import { unlink } from "node:fs/promises";
import type { Db, Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { finishedSegments, type SegmentFile } from "../journal/segments.ts";
import { DenialAggregate } from "./aggregate-denials.ts";
import type { UsageAggregate } from "./aggregate-usage.ts";
import { readBatches } from "./batches.ts";
import { storeDenials, trimDenials } from "./store-denials.ts";
import { mergeRareObservations, storeObservations } from "./store-observations.ts";
import { storeLastUses, storeReportOnly, storeUsage } from "./store-usage.ts";

/** Rows per transaction: few enough that other writers don't wait long. */
const MAX_ROWS_PER_TRANSACTION = 5_000;
/**
 * Denials of this many segments are stored in one write: during a flood, each segment would only replace the previous
 * one's.
 */
const SEGMENTS_PER_WRITE = 2;

/** Counts every finished segment below `dir` and deletes it. Resolves with the number of counted checks. */
export async function storeSegments(db: Db, dir: string, nowMs: () => number): Promise<number> {
  const segments = await finishedSegments(dir);
  let counted = 0;
  for (let at = 0; at < segments.length; at += SEGMENTS_PER_WRITE) {
    counted += await storeTogether(db, segments.slice(at, at + SEGMENTS_PER_WRITE), nowMs());
  }
  return counted;
}

/** If the process dies before the files are deleted, they are read again. Nothing is counted or stored twice. */
async function storeTogether(db: Db, segments: SegmentFile[], nowMs: number): Promise<number> {
  const denials = new DenialAggregate();
  let counted = 0;
  for (const segment of segments) counted += await storeSegment(db, segment, denials, nowMs);
  // A denial's id consists of its segment and line, so that it can't be stored twice.
  await inTransactions(denials.rows, (part) => db.write((tx) => storeDenials(tx, part)));
  for (const list of denials.overfull) await db.write((tx) => trimDenials(tx, list));
  for (const { path } of segments) await unlink(path);
  return counted;
}

/** Counts a segment exactly once: each part is committed together with the record that it is applied. */
async function storeSegment(
  db: Db,
  segment: SegmentFile,
  denials: DenialAggregate,
  nowMs: number,
): Promise<number> {
  let counted = 0;
  for await (const batch of readBatches(segment, denials)) {
    await storeBatch(db, batch, nowMs);
    counted += batch.lines;
  }
  return counted;
}

async function storeBatch(db: Db, batch: UsageAggregate, nowMs: number): Promise<void> {
  const { rows, trials, observations, keyUses, secretUses } = batch;
  const record = (part: string, lines: number): AppliedRow => ({
    id: `${batch.name}/${part}`,
    appliedAt: nowMs,
    lines,
  });
  await inTransactions(rows, (part, at) =>
    applyOnce(db, record(`${at}`, at === 0 ? batch.lines : 0), (tx) => storeUsage(tx, part)),
  );
  await inTransactions(trials, (part, at) =>
    applyOnce(db, record(`trial/${at}`, 0), (tx) => storeReportOnly(tx, part)),
  );
  await inTransactions(observations.rows, (part, at) =>
    applyOnce(db, record(`seen/${at}`, 0), (tx) => storeObservations(tx, part)),
  );
  for (const group of observations.overfull) await db.write((tx) => mergeRareObservations(tx, group));
  for (let at = 0; at < Math.max(keyUses.length, secretUses.length); at += MAX_ROWS_PER_TRANSACTION) {
    await db.write((tx) =>
      storeLastUses(
        tx,
        keyUses.slice(at, at + MAX_ROWS_PER_TRANSACTION),
        secretUses.slice(at, at + MAX_ROWS_PER_TRANSACTION),
      ),
    );
  }
}

type AppliedRow = Tables["journalSegments"]["$inferInsert"];

async function inTransactions<Row>(
  rows: Row[],
  work: (part: Row[], at: number) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < rows.length; at += MAX_ROWS_PER_TRANSACTION)
    await work(rows.slice(at, at + MAX_ROWS_PER_TRANSACTION), at);
}

/** Does the work and records it in one transaction. Does nothing if it is already recorded. */
async function applyOnce(db: Db, record: AppliedRow, work: (tx: Tx) => Promise<void>): Promise<void> {
  await db.write(async (tx) => {
    const { journalSegments } = tx.t;
    const inserted = await tx.q
      .insert(journalSegments)
      .values(record)
      .onConflictDoNothing()
      .returning({ id: journalSegments.id });
    if (inserted.length > 0) await work(tx);
  });
}
