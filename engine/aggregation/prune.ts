import { and, eq, lt, type SQL } from "drizzle-orm";
import { RETENTION_MS } from "#core/retention.ts";
import { DAY_MS, startOf } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { deleteSome } from "#db/portable-sql.ts";
import type { Tables } from "#db/schema.ts";
import { longLists, trimDenials } from "./store-denials.ts";
import { crowdedGroups, mergeRareObservations } from "./store-observations.ts";

/** Far longer than a reader of the feed may be away before it forgets everything (see `feed.ts`). */
const KEEP_CHANGES_MS = DAY_MS;
/** Far longer than a counted segment's file can lie about. */
const KEEP_SEGMENTS_MS = 30 * DAY_MS;
/** A verifier that was killed leaves its heartbeat. */
const KEEP_VERIFIERS_MS = DAY_MS;

/** Rows a transaction, so that nobody who writes meanwhile waits long. */
const ROWS_AT_ONCE = 2_000;
/** Transactions a table and call: the rest has time until the next. */
const TIMES_MOST = 25;

type Prunable = Tables[
  | "usage"
  | "changes"
  | "journalSegments"
  | "verifiers"
  | "clientObservations"
  | "denials"
  | "reportOnlyCounts"];

/** Deletes what nobody reads any more, a little at a time. False when there is more to delete. */
export async function prune(db: Db, nowMs: number): Promise<boolean> {
  const { usage, changes, journalSegments, verifiers, clientObservations, denials, reportOnlyCounts } =
    db.read.t;
  const before = (keepMs: number) => nowMs - keepMs;
  const old: [Prunable, SQL | undefined][] = [
    [usage, and(eq(usage.interval, "minute"), lt(usage.bucket, before(RETENTION_MS.usageMinutes)))],
    [usage, and(eq(usage.interval, "hour"), lt(usage.bucket, before(RETENTION_MS.usageHours)))],
    [changes, lt(changes.at, before(KEEP_CHANGES_MS))],
    [journalSegments, lt(journalSegments.appliedAt, before(KEEP_SEGMENTS_MS))],
    [verifiers, lt(verifiers.lastSeenAt, before(KEEP_VERIFIERS_MS))],
    [clientObservations, lt(clientObservations.day, before(RETENTION_MS.clientObservations))],
    [denials, lt(denials.at, before(RETENTION_MS.denials))],
    [reportOnlyCounts, lt(reportOnlyCounts.bucket, before(RETENTION_MS.reportOnlyCounts))],
  ];
  let done = true;
  await cutBack(db, nowMs);
  for (const [table, isOld] of old) done = (await deleteOld(db, table, isOld)) && done;
  return done;
}

/** What grew beyond its bound too slowly to be noticed as it came. */
async function cutBack(db: Db, nowMs: number): Promise<void> {
  const groups = await crowdedGroups(db.read, startOf(DAY_MS, nowMs) - DAY_MS);
  for (const group of groups) await db.write((tx) => mergeRareObservations(tx, group));
  for (const list of await longLists(db.read)) await db.write((tx) => trimDenials(tx, list));
}

/** True when none is left. */
async function deleteOld(db: Db, table: Prunable, isOld: SQL | undefined): Promise<boolean> {
  for (let times = 0; times < TIMES_MOST; times++) {
    if ((await deleteSome(db, table, isOld, ROWS_AT_ONCE)) < ROWS_AT_ONCE) return true;
  }
  return false;
}
