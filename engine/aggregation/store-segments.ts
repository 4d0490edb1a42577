import { unlink } from "node:fs/promises";
import type { Db, Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { finishedSegments, type SegmentFile } from "../journal/segments.ts";
import { DenialAggregate } from "./aggregate-denials.ts";
import type { UsageAggregate } from "./aggregate-usage.ts";
import { helpingsOf } from "./batches.ts";
import { storeDenials, trimDenials } from "./store-denials.ts";
import { mergeRareObservations, storeObservations } from "./store-observations.ts";
import { storeLastUses, storeTrials, storeUsage } from "./store-usage.ts";

/** Rows a transaction: few enough that nobody who writes meanwhile waits long. */
const PART = 5_000;
/** So many segments' refusals are kept with one write: under attack each would only push the one before out. */
const TOGETHER = 2;
/** Counts every finished segment below `dir` and deletes it. Resolves with how many checks were counted. */
export async function storeSegments(db: Db, dir: string, nowMs: () => number): Promise<number> {
  const segments = await finishedSegments(dir);
  let counted = 0;
  for (let at = 0; at < segments.length; at += TOGETHER) {
    counted += await applyTogether(db, segments.slice(at, at + TOGETHER), nowMs());
  }
  return counted;
}

/** Whoever dies before the files go leaves them to be looked at again: nothing is counted or kept twice. */
async function applyTogether(db: Db, segments: SegmentFile[], nowMs: number): Promise<number> {
  const refusals = new DenialAggregate();
  let counted = 0;
  for (const segment of segments) counted += await countSegment(db, segment, refusals, nowMs);
  // A row has its segment's name and line: put there twice it is there once.
  await inParts(refusals.rows, (part) => db.write((tx) => storeDenials(tx, part)));
  for (const list of refusals.long) await db.write((tx) => trimDenials(tx, list));
  for (const { path } of segments) await unlink(path);
  return counted;
}

/** Counts one segment exactly once: each part's sums and the note that it is counted commit together. */
async function countSegment(
  db: Db,
  segment: SegmentFile,
  refusals: DenialAggregate,
  nowMs: number,
): Promise<number> {
  let counted = 0;
  for await (const tally of helpingsOf(segment, refusals)) {
    await countHelping(db, tally, nowMs);
    counted += tally.lines;
  }
  return counted;
}

async function countHelping(db: Db, tally: UsageAggregate, nowMs: number): Promise<void> {
  const { rows, trials, sightings, keyUses, secretUses } = tally;
  const note = (part: string, lines: number): PartNote => ({
    id: `${tally.name}/${part}`,
    appliedAt: nowMs,
    lines,
  });
  await inParts(rows, (part, at) =>
    once(db, note(`${at}`, at === 0 ? tally.lines : 0), (tx) => storeUsage(tx, part)),
  );
  await inParts(trials, (part, at) => once(db, note(`trial/${at}`, 0), (tx) => storeTrials(tx, part)));
  await inParts(sightings.rows, (part, at) =>
    once(db, note(`seen/${at}`, 0), (tx) => storeObservations(tx, part)),
  );
  for (const group of sightings.crowded) await db.write((tx) => mergeRareObservations(tx, group));
  for (let at = 0; at < Math.max(keyUses.length, secretUses.length); at += PART) {
    await db.write((tx) => storeLastUses(tx, keyUses.slice(at, at + PART), secretUses.slice(at, at + PART)));
  }
}

type PartNote = Tables["journalSegments"]["$inferInsert"];

async function inParts<Row>(rows: Row[], work: (part: Row[], at: number) => Promise<void>): Promise<void> {
  for (let at = 0; at < rows.length; at += PART) await work(rows.slice(at, at + PART), at);
}

/** Does a part's work together with the note that it is done; nothing where the note is there already. */
async function once(db: Db, note: PartNote, work: (tx: Tx) => Promise<void>): Promise<void> {
  await db.write(async (tx) => {
    const { journalSegments } = tx.t;
    const noted = await tx.q
      .insert(journalSegments)
      .values(note)
      .onConflictDoNothing()
      .returning({ id: journalSegments.id });
    if (noted.length > 0) await work(tx);
  });
}
