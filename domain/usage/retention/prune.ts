import { and, eq, inArray, isNotNull, lt, min, notInArray, or } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { deleteBatch } from "#db/portable-sql.ts";
import { EVENTS_KEPT_MS } from "../../billing/export/exportable-hours.ts";
import { yieldToEventLoop } from "../../yield-to-event-loop.ts";

/** Retention, ms (docs/operate/retention.md). The audit log is kept forever. */
const KEEP_MS = {
  /** Events with their notifications: half a year, longer than any rule waits before it notifies again. */
  events: 180 * DAY_MS,
  deliveries: 30 * DAY_MS,
  /** Of expired secrets: those that still work stay marked. */
  leaks: 365 * DAY_MS,
  /** After their end: usage names them until then. */
  temporarySecrets: 30 * DAY_MS,
  /** After their end. */
  sessions: 7 * DAY_MS,
  accountLinks: 7 * DAY_MS,
  /** No longer counted after this time (`accounts/throttle.ts`). */
  signInFailures: DAY_MS,
};

/** Batches are sized to take about this long, so that no writer waits longer. */
const PART_MS = 100;
const ROWS_FIRST = 1;
const MAX_ROWS = 2_000;
/** How long one call works; the next call continues. */
const WORK_MS = 2_000;

/** Deletes up to this many rows and returns how many; fewer if none is left. */
type DeletePart = (rows: number) => Promise<number>;

interface PruneWork {
  db: Db;
  now: () => number;
  /** Measures how long a batch takes, ms. */
  clock: () => number;
}

/** Deletes rows past their retention, in small batches. Returns how many rows of each kind. */
export async function deleteExpired({ db, now, clock }: PruneWork): Promise<Record<string, number>> {
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
    rows = fits ? Math.min(MAX_ROWS, rows * 2) : Math.max(1, Math.floor(rows / 2));
    await yieldToEventLoop();
  }
  return gone;
}

function partsOf(db: Db, nowMs: number): Record<string, DeletePart> {
  const { accountLinks, deliveries, events, leaks, notifications, secrets, sessions, signInFailures } =
    db.read.t;
  const { billingEvents, billingHours, billingHeldEvents } = db.read.t;
  const before = (keepMs: number) => nowMs - keepMs;
  const lapsed = db.read.q
    .select({ id: secrets.id })
    .from(secrets)
    .where(and(isNotNull(secrets.overlapEndsAt), lt(secrets.overlapEndsAt, nowMs)));
  // For a finished delivery, `dueAt` is close to its last attempt, and it has an index.
  const over = (state: "delivered" | "failed") =>
    and(eq(deliveries.state, state), lt(deliveries.dueAt, before(KEEP_MS.deliveries)));
  const ended = before(KEEP_MS.sessions);
  return {
    delivered: (rows) => deleteBatch(db, deliveries, over("delivered"), rows),
    undelivered: (rows) => deleteBatch(db, deliveries, over("failed"), rows),
    notifications: (rows) =>
      deleteBatch(db, notifications, lt(notifications.at, before(KEEP_MS.events)), rows),
    // Deleting an event deletes its notifications, most of which are deleted before, in batches.
    events: (rows) => deleteBatch(db, events, lt(events.at, before(KEEP_MS.events)), rows),
    leaks: (rows) =>
      deleteBatch(db, leaks, and(lt(leaks.at, before(KEEP_MS.leaks)), inArray(leaks.secretId, lapsed)), rows),
    temporarySecrets: (rows) =>
      deleteBatch(
        db,
        secrets,
        and(
          eq(secrets.temporary, true),
          lt(secrets.overlapEndsAt, before(KEEP_MS.temporarySecrets)),
          notInArray(secrets.id, db.read.q.select({ id: leaks.secretId }).from(leaks)),
        ),
        rows,
      ),
    sessions: (rows) =>
      deleteBatch(db, sessions, or(lt(sessions.expiresAt, ended), lt(sessions.endedAt, ended)), rows),
    accountLinks: (rows) =>
      deleteBatch(db, accountLinks, lt(accountLinks.expiresAt, before(KEEP_MS.accountLinks)), rows),
    billingEvents: (rows) =>
      deleteBatch(db, billingEvents, lt(billingEvents.hour, before(EVENTS_KEPT_MS)), rows),
    billingHours: (rows) =>
      deleteBatch(db, billingHours, lt(billingHours.hour, before(EVENTS_KEPT_MS)), rows),
    // Of deleted events.
    billingHeldEvents: (rows) =>
      deleteBatch(
        db,
        billingHeldEvents,
        lt(billingHeldEvents.seq, db.read.q.select({ seq: min(billingEvents.seq) }).from(billingEvents)),
        rows,
      ),
    signInFailures: (rows) =>
      deleteBatch(
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
