import { and, eq, isNull, lt } from "drizzle-orm";
import { DAY_MS, MINUTE_MS, startOf } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { yieldToEventLoop } from "../../../yield-to-event-loop.ts";

/** A process that claimed the day's run and did not extend the claim in this time has died. */
const TAKEN_MS = 15 * MINUTE_MS;

export type RunResult = Record<string, number>;
/** Called between batches: yields to other work, and extends the claim. */
export type Checkpoint = () => Promise<void>;

interface Run {
  db: Db;
  name: string;
  /** Epoch ms. */
  now: () => number;
}

/**
 * Runs the work once per UTC day, in the first process that claims it; null if it is done or running. Work of a
 * process that died starts over, so it must be repeatable.
 */
export async function runOncePerDay(
  { db, name, now }: Run,
  work: (checkpoint: Checkpoint) => Promise<RunResult>,
): Promise<RunResult | null> {
  const day = startOf(DAY_MS, now());
  let claimedUntil = now() + TAKEN_MS;
  if (!(await take(db, { name, day, claimedUntil }, now()))) return null;
  const { dailyRuns } = db.read.t;
  /** The run's row, while this process holds the claim. */
  const own = () =>
    and(eq(dailyRuns.name, name), eq(dailyRuns.day, day), eq(dailyRuns.claimedUntil, claimedUntil));
  const result = await work(async () => {
    await yieldToEventLoop();
    if (claimedUntil - now() > TAKEN_MS / 2) return;
    const next = now() + TAKEN_MS;
    const extended = await db.write(({ q }) =>
      q.update(dailyRuns).set({ claimedUntil: next }).where(own()).returning({ day: dailyRuns.day }),
    );
    if (extended.length === 0) throw new Error(`${name}: another portal took the day's run over`);
    claimedUntil = next;
  });
  await db.write(({ q }) => q.update(dailyRuns).set({ finishedAt: now(), result }).where(own()));
  return result;
}

async function take(
  db: Db,
  wanted: { name: string; day: number; claimedUntil: number },
  nowMs: number,
): Promise<boolean> {
  const { dailyRuns } = db.read.t;
  const { name, day, claimedUntil } = wanted;
  const [run] = await db.read.q
    .select()
    .from(dailyRuns)
    .where(and(eq(dailyRuns.name, name), eq(dailyRuns.day, day)));
  // Nearly always it is done; then no write transaction is needed.
  if (run && (run.finishedAt !== null || run.claimedUntil >= nowMs)) return false;
  const taken = await db.write(({ q }) =>
    q
      .insert(dailyRuns)
      .values(wanted)
      .onConflictDoUpdate({
        target: [dailyRuns.name, dailyRuns.day],
        set: { claimedUntil },
        setWhere: and(isNull(dailyRuns.finishedAt), lt(dailyRuns.claimedUntil, nowMs)),
      })
      .returning({ day: dailyRuns.day }),
  );
  return taken.length > 0;
}
