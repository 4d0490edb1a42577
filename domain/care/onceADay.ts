import { and, eq, isNull, lt } from "drizzle-orm";
import type { Db } from "#db/open.ts";

const DAY_MS = 86_400_000;
/** Whoever took the day's run and has not finished it by then has died. */
const TAKEN_MS = 15 * 60_000;

export type RunResult = Record<string, number>;

/**
 * Does the day's work (UTC) once, whichever portal comes first; null when it is done or under way. Work that died
 * half-way is begun anew, so it must bear that.
 */
export async function onceADay(
  db: Db,
  name: string,
  nowMs: number,
  work: () => Promise<RunResult>,
): Promise<RunResult | null> {
  const day = Math.floor(nowMs / DAY_MS) * DAY_MS;
  if (!(await take(db, name, day, nowMs))) return null;
  const result = await work();
  await db.write(({ q, t: { dailyRuns } }) =>
    q
      .update(dailyRuns)
      .set({ finishedAt: nowMs, result })
      .where(and(eq(dailyRuns.name, name), eq(dailyRuns.day, day))),
  );
  return result;
}

async function take(db: Db, name: string, day: number, nowMs: number): Promise<boolean> {
  const { dailyRuns } = db.read.t;
  const [run] = await db.read.q
    .select()
    .from(dailyRuns)
    .where(and(eq(dailyRuns.name, name), eq(dailyRuns.day, day)));
  // Nearly always it is done, and nobody is made to wait for a writer.
  if (run && (run.finishedAt !== null || run.takenUntil >= nowMs)) return false;
  const takenUntil = nowMs + TAKEN_MS;
  const taken = await db.write(({ q }) =>
    q
      .insert(dailyRuns)
      .values({ name, day, takenUntil })
      .onConflictDoUpdate({
        target: [dailyRuns.name, dailyRuns.day],
        set: { takenUntil },
        setWhere: and(isNull(dailyRuns.finishedAt), lt(dailyRuns.takenUntil, nowMs)),
      })
      .returning({ day: dailyRuns.day }),
  );
  return taken.length > 0;
}
