import { rm } from "node:fs/promises";
import { inArray } from "drizzle-orm";
import type { Db, Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { SegmentFile } from "../journal/segments.ts";
import { addUsage } from "../usage/store.ts";
import { DenialAggregate } from "./aggregate-denials.ts";
import type { UsageAggregate } from "./aggregate-usage.ts";
import { readBatches } from "./batches.ts";
import { storeObservations } from "./store-observations.ts";
import { storeLastUses, storeReportOnly } from "./store-usage.ts";

/** The rows per transaction of version 1.0.0-rc.1. */
const ROWS_PER_TRANSACTION = 5_000;

/**
 * Stores what is left of segments that a process of version 1.0.0-rc.1 had begun to store when it died, in the same
 * batches as it did. Resolves with the other segments.
 */
export async function finishOldSegments(
  db: Db,
  files: readonly SegmentFile[],
  nowMs: number,
): Promise<{ waiting: SegmentFile[]; counted: number }> {
  const begun = await begunByOldVersion(db, files);
  let counted = 0;
  for (const file of files.filter(({ id }) => begun.has(id))) {
    for await (const batch of readBatches(file, new DenialAggregate())) {
      await storeBatch(db, batch, nowMs);
      counted += batch.lines;
    }
    await rm(file.path, { force: true });
  }
  return { waiting: files.filter(({ id }) => !begun.has(id)), counted };
}

/** It recorded the first batch of a segment under this name first. */
async function begunByOldVersion(db: Db, files: readonly SegmentFile[]): Promise<Set<string>> {
  const { journalSegments } = db.read.t;
  const begun = new Set<string>();
  for (let at = 0; at < files.length; at += 500) {
    const names = new Map(files.slice(at, at + 500).map(({ id }) => [`${id}/0/0`, id]));
    const rows = await db.read.q
      .select({ name: journalSegments.id })
      .from(journalSegments)
      .where(inArray(journalSegments.id, [...names.keys()]));
    for (const { name } of rows) begun.add(names.get(name) ?? "");
  }
  return begun;
}

async function storeBatch(db: Db, batch: UsageAggregate, nowMs: number): Promise<void> {
  const { name, rows, reportOnly, observations, keyUses, secretUses } = batch;
  const record = (part: string) => ({ id: `${name}/${part}`, appliedAt: nowMs, lines: 0 });
  await inTransactions(rows, (part, at) =>
    applyOnce(db, record(`${at}`), (tx) => addUsage(tx, { id: `${name}/${at}`, rows: part })),
  );
  await inTransactions(reportOnly, (part, at) =>
    applyOnce(db, record(`trial/${at}`), (tx) => storeReportOnly(tx, part)),
  );
  await inTransactions(observations.rows, (part, at) =>
    applyOnce(db, record(`seen/${at}`), (tx) => storeObservations(tx, part)),
  );
  await inTransactions(keyUses, (part) => db.write((tx) => storeLastUses(tx, part, [])));
  await inTransactions(secretUses, (part) => db.write((tx) => storeLastUses(tx, [], part)));
}

async function inTransactions<Row>(
  rows: Row[],
  work: (part: Row[], at: number) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_PER_TRANSACTION)
    await work(rows.slice(at, at + ROWS_PER_TRANSACTION), at);
}

/** Does the work and records it in one transaction. Does nothing if it is already recorded. */
async function applyOnce(
  db: Db,
  record: Tables["journalSegments"]["$inferInsert"],
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
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
