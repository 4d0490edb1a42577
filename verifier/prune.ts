import { and, eq, lt } from "drizzle-orm";
import type { Db } from "#db/open.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Minutes are for watching, hours for a quarter; days stay. */
const KEEP_MS = { minute: 2 * DAY_MS, hour: 100 * DAY_MS };
/** Far longer than a reader of the feed may be away before it forgets everything (see `engine.ts`). */
const KEEP_CHANGES_MS = DAY_MS;
/** Far longer than a counted segment's file can lie about. */
const KEEP_SEGMENTS_MS = 30 * DAY_MS;
/** A verifier that was killed leaves its heartbeat. */
const KEEP_VERIFIERS_MS = DAY_MS;

/** Deletes what nobody reads any more, a little at a time, so that nobody who writes waits long. */
export async function prune(db: Db, nowMs: number): Promise<void> {
  for (const interval of ["minute", "hour"] as const) {
    const before = nowMs - KEEP_MS[interval];
    await db.write(({ q, t: { usage } }) =>
      q.delete(usage).where(and(eq(usage.interval, interval), lt(usage.bucket, before))),
    );
  }
  await db.write(({ q, t: { changes } }) => q.delete(changes).where(lt(changes.at, nowMs - KEEP_CHANGES_MS)));
  await db.write(({ q, t: { journalSegments } }) =>
    q.delete(journalSegments).where(lt(journalSegments.appliedAt, nowMs - KEEP_SEGMENTS_MS)),
  );
  await db.write(({ q, t: { verifiers } }) =>
    q.delete(verifiers).where(lt(verifiers.lastSeenAt, nowMs - KEEP_VERIFIERS_MS)),
  );
}
