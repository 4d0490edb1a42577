import { eq, inArray } from "drizzle-orm";
import type { Db, Scope } from "#db/open.ts";
import type { CalendarMonth } from "./months.ts";

/** The names under which the job stores the last month that it closed, and the first one. */
const LAST = "close statements";
const FIRST = "close statements, first month";

/** The months that the job closed, by their starts. */
export interface ClosedMonths {
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

export async function noteClosed(db: Db, { start }: CalendarMonth): Promise<void> {
  await db.write(async ({ q, t: { jobCursors } }) => {
    await q.insert(jobCursors).values({ job: FIRST, at: start }).onConflictDoNothing();
    const [before] = await q.select({ at: jobCursors.at }).from(jobCursors).where(eq(jobCursors.job, LAST));
    // Another portal may have closed more months meanwhile.
    if (before && before.at >= start) return;
    await q
      .insert(jobCursors)
      .values({ job: LAST, at: start })
      .onConflictDoUpdate({ target: jobCursors.job, set: { at: start } });
  });
}
