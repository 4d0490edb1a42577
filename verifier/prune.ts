import { and, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Minutes are for watching, hours for a quarter; days stay. */
const KEEP_MS = { minute: 2 * DAY_MS, hour: 100 * DAY_MS };
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

type Prunable = Tables["usage" | "changes" | "journalSegments" | "verifiers"];

/** Deletes what nobody reads any more, a little at a time. False when there is more to delete. */
export async function prune(db: Db, nowMs: number): Promise<boolean> {
  const { usage, changes, journalSegments, verifiers } = db.read.t;
  const before = (keepMs: number) => nowMs - keepMs;
  const old: [Prunable, SQL | undefined][] = [
    [usage, and(eq(usage.interval, "minute"), lt(usage.bucket, before(KEEP_MS.minute)))],
    [usage, and(eq(usage.interval, "hour"), lt(usage.bucket, before(KEEP_MS.hour)))],
    [changes, lt(changes.at, before(KEEP_CHANGES_MS))],
    [journalSegments, lt(journalSegments.appliedAt, before(KEEP_SEGMENTS_MS))],
    [verifiers, lt(verifiers.lastSeenAt, before(KEEP_VERIFIERS_MS))],
  ];
  let done = true;
  for (const [table, isOld] of old) done = (await deleteSome(db, table, isOld)) && done;
  return done;
}

/** True when none is left. */
async function deleteSome(db: Db, table: Prunable, isOld: SQL | undefined): Promise<boolean> {
  // The row's place in the file: what both databases can delete by, whatever the key is made of.
  const place = db.dialect === "postgres" ? sql`ctid` : sql`rowid`;
  for (let times = 0; times < TIMES_MOST; times++) {
    const deleted = await db.write(async ({ q }) => {
      const some = q.select({ place }).from(table).where(isOld).limit(ROWS_AT_ONCE);
      return q.delete(table).where(inArray(place, some)).returning({ one: sql`1` });
    });
    if (deleted.length < ROWS_AT_ONCE) return true;
  }
  return false;
}
