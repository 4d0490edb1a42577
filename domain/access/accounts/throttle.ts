import { and, eq, gte, isNotNull, sql } from "drizzle-orm";
import { formatWait } from "#core/format.ts";
import { networkOf } from "#core/network.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#core/time.ts";
import { hashToken } from "#core/tokens.ts";
import type { Db, Tx } from "#db/open.ts";
import { DomainError } from "../../errors.ts";

/** How failed sign-ins are throttled: the first ones are free, then each doubles the wait. */
interface Pace {
  free: number;
  firstWaitMs: number;
  longestWaitMs: number;
}

const ACCOUNT: Pace = { free: 5, firstWaitMs: 1_000, longestWaitMs: 15 * MINUTE_MS };
/** Many people may share one IP address, so its limit is higher. */
const IP_ADDRESS: Pace = { free: 30, firstWaitMs: 1_000, longestWaitMs: 60_000 };
/** Older failures don't count. */
const FORGET_MS = DAY_MS;

/** Each report of a found key counts: nobody finds hundreds. */
const REPORT: Pace = { free: 10, firstWaitMs: 60_000, longestWaitMs: HOUR_MS };

interface Subject {
  id: string;
  pace: Pace;
}

/**
 * What counts as one client: an IPv4 address, or an IPv6 subnet, because a client can use every address of its
 * subnet.
 */
export const clientKey = (ipAddress: string) => networkOf(ipAddress, { 4: 32, 6: 64 });

/** The subjects that an attempt is counted for: the account, whether or not it exists, and the IP address. */
export function subjectsOf(account: string, ipAddress: string | null): Subject[] {
  // Hashed, because people sometimes type their password into this field.
  const subject = { id: hashToken(`account:${account}`), pace: ACCOUNT };
  if (ipAddress === null) return [subject];
  return [subject, { id: hashToken(`address:${clientKey(ipAddress)}`), pace: IP_ADDRESS }];
}

/**
 * Counts the attempt as failed before the password is checked, so that parallel attempts gain nothing. Throws
 * `too-many` while one of the subjects has to wait; such an attempt does not count.
 */
export async function startAttempt(
  db: Db,
  subjects: Subject[],
  nowMs: number,
  what = "failed sign-ins",
): Promise<void> {
  await db.write((tx) => countAttempt(tx, subjects, nowMs, what));
}

/** Like `startAttempt`, but the count is rolled back if the transaction fails. */
export async function countAttempt(tx: Tx, subjects: Subject[], nowMs: number, what: string): Promise<void> {
  // Always in the same order, so that two attempts can't deadlock.
  const held = [];
  for (const subject of subjects) held.push({ subject, row: await lockRow(tx, subject.id, nowMs) });
  const waitMs = Math.max(...held.map(({ row }) => row.blockedUntil - nowMs));
  if (waitMs > 0) {
    throw tooMany(what, waitMs);
  }
  for (const { subject, row } of held) await countFailure(tx, subject, row, nowMs);
}

/**
 * Counts one of at most `limit` events named `what` in the current clock hour, over all clients. Throws `too-many`
 * until the hour is over.
 */
export async function countInHour(tx: Tx, what: string, limit: number, nowMs: number): Promise<void> {
  const hour = Math.floor(nowMs / HOUR_MS);
  const id = hashToken(`hour:${what}:${hour}`);
  const { failures: counted } = await lockRow(tx, id, nowMs);
  if (counted >= limit) {
    throw tooMany(what, (hour + 1) * HOUR_MS - nowMs);
  }
  const { signInFailures } = tx.t;
  await tx.q
    .update(signInFailures)
    .set({ failures: counted + 1, lastFailedAt: nowMs })
    .where(eq(signInFailures.subject, id));
}

function tooMany(what: string, retryAfterMs: number): DomainError {
  const wait = formatWait(Math.ceil(retryAfterMs / 1_000));
  return new DomainError("too-many", `Too many ${what}. Try again in ${wait}.`, { retryAfterMs });
}

/** At most `limit` events of one subject in a window, which starts with the first of them. */
export interface Rate {
  /** Stored as a hash. */
  subject: string;
  limit: number;
  windowMs: number;
  /** The error for users beyond the limit. */
  message: string;
}

/**
 * Counts an event, together with all other portals. Throws `too-many` above the rate; such an event does not count, and
 * writes nothing.
 */
export async function countInWindow(db: Db, rate: Rate, nowMs: number): Promise<void> {
  const { signInFailures } = db.read.t;
  const id = hashToken(rate.subject);
  const [seen] = await db.read.q.select().from(signInFailures).where(eq(signInFailures.subject, id));
  if (seen) requireBelow(seen, rate, nowMs);
  await db.write(async (tx) => {
    const row = await lockRow(tx, id, nowMs);
    requireBelow(row, rate, nowMs);
    const isNew = windowEnd(row, rate) <= nowMs;
    await tx.q
      .update(signInFailures)
      .set(isNew ? { failures: 1, lastFailedAt: nowMs } : { failures: row.failures + 1 })
      .where(eq(signInFailures.subject, id));
  });
}

/** The row of a rate has the start of its window in `lastFailedAt`. */
const windowEnd = ({ lastFailedAt }: Failures, { windowMs }: Rate) => lastFailedAt + windowMs;

function requireBelow(row: Failures, rate: Rate, nowMs: number): void {
  const retryAfterMs = windowEnd(row, rate) - nowMs;
  if (row.failures < rate.limit || retryAfterMs <= 0) return;
  throw new DomainError("too-many", rate.message, { retryAfterMs });
}

/** Counts a report of a found key from an IP address. Throws `too-many` while the address has to wait. */
export async function countLeakReport(db: Db, ipAddress: string | null, nowMs: number): Promise<void> {
  const subject = {
    id: hashToken(`report:${ipAddress === null ? "unknown" : clientKey(ipAddress)}`),
    pace: REPORT,
  };
  await startAttempt(db, [subject], nowMs, "reports");
}

/** The attempt succeeded: resets the account's count and takes this attempt off the IP address's count. */
export async function resetAttempts(tx: Tx, [account, ipAddress]: Subject[]): Promise<void> {
  const { signInFailures } = tx.t;
  if (account) await tx.q.delete(signInFailures).where(eq(signInFailures.subject, account.id));
  if (!ipAddress) return;
  await tx.q
    .update(signInFailures)
    .set({
      failures: sql`case when ${signInFailures.failures} > 0 then ${signInFailures.failures} - 1 else 0 end`,
      blockedUntil: 0,
    })
    .where(eq(signInFailures.subject, ipAddress.id));
}

interface Failures {
  failures: number;
  lastFailedAt: number;
  blockedUntil: number;
}

/** Locks the subject's row, so that parallel attempts run one after the other on Postgres too. */
async function lockRow({ q, t }: Tx, subject: string, nowMs: number): Promise<Failures> {
  const { signInFailures } = t;
  const fresh = { failures: 0, lastFailedAt: nowMs, blockedUntil: 0 };
  const [row] = await q
    .insert(signInFailures)
    .values({ subject, ...fresh })
    .onConflictDoUpdate({ target: signInFailures.subject, set: { subject } })
    .returning();
  return row ?? fresh;
}

async function countFailure(
  { q, t }: Tx,
  { id, pace }: Subject,
  row: Failures,
  nowMs: number,
): Promise<void> {
  const failures = (nowMs - row.lastFailedAt < FORGET_MS ? row.failures : 0) + 1;
  await q
    .update(t.signInFailures)
    .set({ failures, lastFailedAt: nowMs, blockedUntil: nowMs + waitAfter(failures, pace) })
    .where(eq(t.signInFailures.subject, id));
}

/** The wait after this many failures, ms. */
export function waitAfter(failures: number, { free, firstWaitMs, longestWaitMs }: Pace): number {
  if (failures < free) return 0;
  return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(30, failures - free));
}

/** How long after a sign-in its network counts as known for the account. */
const OWN_MS = 90 * DAY_MS;

/**
 * The subject that failed sign-ins to an account are counted for: one per network that the account was signed in from
 * before, and one for all other networks. Otherwise a stranger could lock out the owner by failing on purpose.
 */
export async function signInSubject(
  { read: { q, t } }: Db,
  email: string,
  ipAddress: string | null,
  nowMs: number,
): Promise<string> {
  if (ipAddress === null) return email;
  const { sessions, users } = t;
  const before = await q
    .selectDistinct({ address: sessions.address })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(users.email, email), gte(sessions.createdAt, nowMs - OWN_MS), isNotNull(sessions.address)));
  const here = clientKey(ipAddress);
  const isOwn = before.some((session) => session.address !== null && clientKey(session.address) === here);
  return isOwn ? `${email} at ${here}` : email;
}
