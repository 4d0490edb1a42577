import { and, eq, inArray, isNotNull, lt, or } from "drizzle-orm";
import { deleteSome } from "#db/delete-some.ts";
import type { Db } from "#db/open.ts";
import { yieldToEventLoop } from "../../yield-to-event-loop.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** For how long what happened is kept, ms (`docs/operating.md`). The audit log is kept for ever. */
const KEEP_MS = {
  /** With everybody's notice of them: half a year, longer than any rule waits before it tells again. */
  events: 180 * DAY_MS,
  deliveries: 30 * DAY_MS,
  /** Of secrets that have lapsed: what can still be used stays marked. */
  leaks: 365 * DAY_MS,
  /** Behind their end. */
  sessions: 7 * DAY_MS,
  /** No longer counted by then (`account/throttle.ts`). */
  signInFailures: DAY_MS,
};

/** A part is made so large that it takes about this long: nobody who writes waits longer. */
const PART_MS = 100;
const ROWS_FIRST = 1;
const ROWS_MOST = 2_000;
/** Then it ends: the rest has time until the next call. */
const WORK_MS = 2_000;

/** Deletes some rows; resolves with how many they were, less than asked for when none is left. */
type DeletePart = (rows: number) => Promise<number>;

interface PruneWork {
  db: Db;
  now: () => number;
  /** Measures how long a part takes, ms. */
  clock: () => number;
}

/** Deletes what is past its time, a little at a time. Resolves with how many rows went of each. */
export async function pruneOld({ db, now, clock }: PruneWork): Promise<Record<string, number>> {
  const endsAt = clock() + WORK_MS;
  const gone: Record<string, number> = {};
  for (const [name, deletePart] of Object.entries(partsOf(db, now()))) {
    gone[name] = await inParts(deletePart, clock, endsAt);
  }
  return gone;
}

async function inParts(deletePart: DeletePart, clock: () => number, endsAt: number): Promise<number> {
  let gone = 0;
  for (let rows = ROWS_FIRST; clock() < endsAt; ) {
    const startedAt = clock();
    const deleted = await deletePart(rows);
    gone += deleted;
    if (deleted < rows) break;
    const fits = clock() - startedAt <= PART_MS;
    rows = fits ? Math.min(ROWS_MOST, rows * 2) : Math.max(1, Math.floor(rows / 2));
    await yieldToEventLoop();
  }
  return gone;
}

function partsOf(db: Db, nowMs: number): Record<string, DeletePart> {
  const { deliveries, events, leaks, notices, secrets, sessions, signInFailures } = db.read.t;
  const before = (keepMs: number) => nowMs - keepMs;
  const lapsed = db.read.q
    .select({ id: secrets.id })
    .from(secrets)
    .where(and(isNotNull(secrets.lapsesAt), lt(secrets.lapsesAt, nowMs)));
  // When a delivery is over, `dueAt` is when it was last tried, or soon after; there is an index on it.
  const over = (state: "delivered" | "failed") =>
    and(eq(deliveries.state, state), lt(deliveries.dueAt, before(KEEP_MS.deliveries)));
  const ended = before(KEEP_MS.sessions);
  return {
    delivered: (rows) => deleteSome(db, deliveries, over("delivered"), rows),
    undelivered: (rows) => deleteSome(db, deliveries, over("failed"), rows),
    notices: (rows) => deleteSome(db, notices, lt(notices.at, before(KEEP_MS.events)), rows),
    // An event takes its notices with it: these are mostly gone by then, a little at a time.
    events: (rows) => deleteSome(db, events, lt(events.at, before(KEEP_MS.events)), rows),
    leaks: (rows) =>
      deleteSome(db, leaks, and(lt(leaks.at, before(KEEP_MS.leaks)), inArray(leaks.secretId, lapsed)), rows),
    sessions: (rows) =>
      deleteSome(db, sessions, or(lt(sessions.expiresAt, ended), lt(sessions.endedAt, ended)), rows),
    signInFailures: (rows) =>
      deleteSome(
        db,
        signInFailures,
        and(
          lt(signInFailures.lastFailedAt, before(KEEP_MS.signInFailures)),
          lt(signInFailures.blockedUntil, nowMs),
        ),
        rows,
      ),
  };
}
