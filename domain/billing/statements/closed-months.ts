import { inArray } from "drizzle-orm";
import { takeAdvisoryLock } from "#db/advisory-locks.ts";
import type { Db, Scope, Tx } from "#db/open.ts";
import type { CalendarMonth } from "./months.ts";

/** The names under which the job stores the last month that it closed, and the first one. */
const LAST = "close statements";
const FIRST = "close statements, first month";

/** The months that the job closed, by their starts. */
export interface ClosedMonths {
  /** 0 if all earlier ones are closed too. */
  first: number;
  last: number;
}

/** Null before the job closed a month. */
export async function readClosedMonths({ q, t: { jobCursors } }: Scope): Promise<ClosedMonths | null> {
  const rows = await q
    .select({ job: jobCursors.job, at: jobCursors.at })
    .from(jobCursors)
    .where(inArray(jobCursors.job, [LAST, FIRST]));
  const at = new Map(rows.map((row) => [row.job, row.at]));
  const last = at.get(LAST);
  return last === undefined ? null : { first: at.get(FIRST) ?? last, last };
}

/** Whether the month is closed, also for a project without a statement: then nothing of it had been counted. */
export function isClosed(closed: ClosedMonths | null, { start }: CalendarMonth): boolean {
  return closed !== null && closed.first <= start && start <= closed.last;
}

/** Makes other portals wait that store a statement or record that a month is closed. */
export const lockClosing = (tx: Tx): Promise<void> => takeAdvisoryLock(tx, "statements");

/** Stores that a month is closed: the one after the last closed one, or the one before the first. */
export async function recordMonthClosed(db: Db, { start }: CalendarMonth): Promise<void> {
  await db.write(async (tx) => {
    await lockClosing(tx);
    const closed = await readClosedMonths(tx);
    // Another portal may have closed more months meanwhile.
    if (closed === null || start > closed.last) await moveCursor(tx, LAST, start);
    if (closed === null || start < closed.first) await moveCursor(tx, FIRST, start);
  });
}

/** Stores that no month before the last closed one is open. */
export async function recordAllMonthsClosed(db: Db): Promise<void> {
  await db.write((tx) => moveCursor(tx, FIRST, 0));
}

async function moveCursor({ q, t: { jobCursors } }: Tx, job: string, at: number): Promise<void> {
  await q.insert(jobCursors).values({ job, at }).onConflictDoUpdate({ target: jobCursors.job, set: { at } });
}
