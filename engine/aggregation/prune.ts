import { and, eq, lt, type SQL } from "drizzle-orm";
import { RETENTION_MS } from "#core/retention.ts";
import { DAY_MS, HOUR_MS, startOf } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { deleteBatch } from "#db/portable-sql.ts";
import type { Tables } from "#db/schema.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { oldestPublishedPeriod } from "../access-tokens/signing-keys.ts";
import { bucketOf, countsTable } from "../usage/add-counts.ts";
import { moveOldUsage } from "../usage/move-old-rows.ts";
import { createPartitionsAhead, dropPartitionsBefore } from "../usage/partitions.ts";
import { listsOverLimit, trimDenials } from "./store-denials.ts";
import { groupsOverLimit, mergeRareObservations } from "./store-observations.ts";
import { trimRequests } from "./store-requests.ts";

/** Far longer than a reader of the change feed may pause before it drops its cache (see `change-feed.ts`). */
const KEEP_CHANGES_MS = DAY_MS;
/** Far longer than the file of a counted segment can remain. */
const KEEP_SEGMENTS_MS = 30 * DAY_MS;
/** A killed verifier leaves its heartbeat behind. */
const KEEP_VERIFIERS_MS = DAY_MS;

/** Only projects with requests from this time can have too many. Far longer than between two calls. */
const RECENT_REQUESTS_MS = HOUR_MS;

/** Rows per transaction: few enough that other writers don't wait long. */
const MAX_ROWS_PER_TRANSACTION = 2_000;
/** Transactions per table and call. The rest is deleted by the next calls. */
const MAX_BATCHES = 25;

type Prunable = Tables[
  | "usage"
  | "usageMinutes"
  | "usageHours"
  | "usageDays"
  | "changes"
  | "journalSegments"
  | "verifiers"
  | "localVerifiers"
  | "clientObservations"
  | "denials"
  | "requests"
  | "reportOnlyCounts"
  | "revokedTokens"
  | "signingKeys"];

/**
 * Deletes expired rows in small transactions, and prepares the tables of usage counts for the next days. Days of counts
 * are kept for `usageDaysMs`, or forever if that is null. Resolves with false if there is more to do.
 */
export async function prune(db: Db, nowMs: number, usageDaysMs: number | null): Promise<boolean> {
  await createPartitionsAhead(db, nowMs);
  const {
    usage,
    changes,
    journalSegments,
    verifiers,
    localVerifiers,
    clientObservations,
    denials,
    requests,
    reportOnlyCounts,
    revokedTokens,
    signingKeys,
  } = db.read.t;
  const before = (keepMs: number) => nowMs - keepMs;
  const old: [Prunable, SQL | undefined][] = [
    [usage, and(eq(usage.interval, "minute"), lt(usage.bucket, before(RETENTION_MS.usageMinutes)))],
    [usage, and(eq(usage.interval, "hour"), lt(usage.bucket, before(RETENTION_MS.usageHours)))],
    [changes, lt(changes.at, before(KEEP_CHANGES_MS))],
    [journalSegments, lt(journalSegments.appliedAt, before(KEEP_SEGMENTS_MS))],
    [verifiers, lt(verifiers.lastSeenAt, before(KEEP_VERIFIERS_MS))],
    [localVerifiers, lt(localVerifiers.lastSeenAt, before(KEEP_VERIFIERS_MS))],
    [clientObservations, lt(clientObservations.day, before(RETENTION_MS.clientObservations))],
    [denials, lt(denials.at, before(RETENTION_MS.denials))],
    [requests, lt(requests.at, before(RETENTION_MS.requests))],
    [reportOnlyCounts, lt(reportOnlyCounts.bucket, before(RETENTION_MS.reportOnlyCounts))],
    [revokedTokens, lt(revokedTokens.expiresAt, nowMs)],
    [signingKeys, lt(signingKeys.period, oldestPublishedPeriod(nowMs))],
  ];
  if (usageDaysMs !== null)
    old.push([usage, and(eq(usage.interval, "day"), lt(usage.bucket, before(usageDaysMs)))]);
  let done = await pruneCounts(db, nowMs, usageDaysMs);
  await trimOverfull(db, nowMs);
  for (const [table, isOld] of old) done = (await deleteOld(db, table, isOld)) && done;
  return (await moveOldUsage(db, nowMs)) && done;
}

/**
 * Postgres drops partitions. On SQLite, the rows are deleted. A partition in use is left to the next regular call: a
 * drop that waits keeps everyone from the table, and a backup reads for long.
 */
async function pruneCounts(db: Db, nowMs: number, usageDaysMs: number | null): Promise<boolean> {
  const kept: [UsageInterval, number | null][] = [
    ["minute", RETENTION_MS.usageMinutes],
    ["hour", RETENTION_MS.usageHours],
    ["day", usageDaysMs],
  ];
  let done = true;
  for (const [interval, keptMs] of kept) {
    if (keptMs === null) continue;
    const beforeMs = nowMs - keptMs;
    const table = countsTable(db.read, interval);
    if (db.dialect === "postgres") await dropPartitionsBefore(db, interval, beforeMs);
    else done = (await deleteOld(db, table, lt(table.bucket, bucketOf(interval, beforeMs)))) && done;
  }
  return done;
}

/** Trims lists and groups that exceeded their maximum too slowly to be trimmed when their rows were stored. */
async function trimOverfull(db: Db, nowMs: number): Promise<void> {
  const groups = await groupsOverLimit(db.read, startOf(DAY_MS, nowMs) - DAY_MS);
  for (const group of groups) await db.write((tx) => mergeRareObservations(tx, group));
  for (const list of await listsOverLimit(db.read)) await db.write((tx) => trimDenials(tx, list));
  await trimRequests(db, nowMs - RECENT_REQUESTS_MS);
}

/** Resolves with true if none is left. */
async function deleteOld(db: Db, table: Prunable, isOld: SQL | undefined): Promise<boolean> {
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    if ((await deleteBatch(db, table, isOld, MAX_ROWS_PER_TRANSACTION)) < MAX_ROWS_PER_TRANSACTION)
      return true;
  }
  return false;
}
