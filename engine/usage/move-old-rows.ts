import { eq, inArray, sql } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import type { Db, Scope, Tx } from "#db/open.ts";
import type { UsageRow } from "../aggregation/usage-rows.ts";
import { addCounts } from "./add-counts.ts";

/** The name under which the job stores when it first ran. */
const JOB = "move usage";
/** Until then, going back to the version before finds its counts where it left them. */
const WAIT_MS = DAY_MS;
/** Rows per transaction: few enough that other writers don't wait long. */
const ROWS_PER_TRANSACTION = 2_000;
/** Transactions per call. The next call continues. */
const MAX_BATCHES = 10;

/**
 * Moves counts from the table of earlier versions to the present ones, a day after the upgrade. A row is deleted and
 * added in one transaction, so it is never counted twice, even if a process of the earlier version adds to it.
 * Resolves with false if there is more to do.
 */
export async function moveOldUsage(db: Db, nowMs: number): Promise<boolean> {
  if (!(await hasOldUsage(db.read))) return true;
  if (nowMs - (await firstRun(db, nowMs)) < WAIT_MS) return true;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    if ((await db.write(moveBatch)) < ROWS_PER_TRANSACTION) return true;
  }
  return false;
}

/** Whether there are counts of earlier versions. */
export async function hasOldUsage({ q, t: { usage } }: Scope): Promise<boolean> {
  return (await q.select({ one: sql`1` }).from(usage).limit(1)).length > 0;
}

async function firstRun(db: Db, nowMs: number): Promise<number> {
  const { jobCursors } = db.read.t;
  const [known] = await db.read.q.select().from(jobCursors).where(eq(jobCursors.job, JOB));
  if (known) return known.at;
  await db.write(({ q, t }) => q.insert(t.jobCursors).values({ job: JOB, at: nowMs }).onConflictDoNothing());
  return nowMs;
}

async function moveBatch(tx: Tx): Promise<number> {
  const { usage } = tx.t;
  const rowId = tx.dialect === "postgres" ? sql`ctid` : sql`rowid`;
  // Two processes must not delete the same rows in different orders.
  const some = tx.q.select({ rowId }).from(usage).limit(ROWS_PER_TRANSACTION);
  const locked = tx.dialect === "postgres" ? some.for("update", { skipLocked: true }) : some;
  const rows = await tx.q.delete(usage).where(inArray(rowId, locked)).returning();
  await addCounts(
    tx,
    rows.map(
      (row): UsageRow => [
        row.interval,
        row.projectId,
        row.bucket,
        row.keyId,
        row.secretId,
        row.api,
        row.operation,
        row.environment,
        row.code,
        row.count,
        row.units,
      ],
    ),
  );
  return rows.length;
}
