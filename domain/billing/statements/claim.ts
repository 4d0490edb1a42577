import { and, eq, lte } from "drizzle-orm";
import { MINUTE_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { yieldToEventLoop } from "../../yield-to-event-loop.ts";

/** Under this name, the process that closes statements stores until when it has claimed the work. */
const CLAIM = "close statements, claimed";
/** A process that did not extend its claim in this time has died. */
const CLAIM_MS = 2 * MINUTE_MS;

/** Called between projects: yields to other work, and extends the claim. Throws if another process took over. */
export type StatementCheckpoint = () => Promise<void>;

/** Where statements are closed, and the time (epoch ms). */
export interface StatementClock {
  db: Db;
  now: () => number;
}

/** Runs the work in the one process that claims it; null if another one has. */
export async function whileClaimed<Result>(
  { db, now }: StatementClock,
  work: (checkpoint: StatementCheckpoint) => Promise<Result>,
): Promise<Result | null> {
  const { jobCursors } = db.read.t;
  let claimedUntil = now() + CLAIM_MS;
  const claimed = await db.write(({ q }) =>
    q
      .insert(jobCursors)
      .values({ job: CLAIM, at: claimedUntil })
      .onConflictDoUpdate({
        target: jobCursors.job,
        set: { at: claimedUntil },
        setWhere: lte(jobCursors.at, now()),
      })
      .returning({ job: jobCursors.job }),
  );
  if (claimed.length === 0) return null;
  /** False if another process took over. */
  const move = async (until: number): Promise<boolean> => {
    const moved = await db.write(({ q }) =>
      q
        .update(jobCursors)
        .set({ at: until })
        .where(and(eq(jobCursors.job, CLAIM), eq(jobCursors.at, claimedUntil)))
        .returning({ job: jobCursors.job }),
    );
    if (moved.length === 0) return false;
    claimedUntil = until;
    return true;
  };
  try {
    return await work(async () => {
      await yieldToEventLoop();
      if (claimedUntil - now() > CLAIM_MS / 2) return;
      if (!(await move(now() + CLAIM_MS))) throw new Error("another portal took over closing the statements");
    });
  } finally {
    await move(0);
  }
}
