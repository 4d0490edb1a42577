import { and, asc, eq, inArray, lt } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import type { Ctx } from "../../../context.ts";

const WEEK_MS = 7 * DAY_MS;
/** Keys per transaction: a preview may list a million, and other writers must not wait for all of them. */
const PART = 2_000;

/** Deletes previews that were never started. `checkpoint` is called between batches. */
export async function deleteUnusedPreviews(
  ctx: Ctx,
  checkpoint: () => Promise<void>,
): Promise<{ forgotten: number }> {
  const { sweeps, sweepKeys } = ctx.db.read.t;
  const isLeft = and(eq(sweeps.state, "preview"), lt(sweeps.createdAt, ctx.now() - WEEK_MS));
  const left = await ctx.db.read.q.select({ id: sweeps.id }).from(sweeps).where(isLeft);
  for (const { id } of left) {
    const ofSweep = eq(sweepKeys.sweepId, id);
    for (let gone = PART; gone === PART; ) {
      const deleted = await ctx.db.write(({ q }) => {
        const some = q
          .select({ keyId: sweepKeys.keyId })
          .from(sweepKeys)
          .where(ofSweep)
          .orderBy(asc(sweepKeys.keyId))
          .limit(PART);
        return q
          .delete(sweepKeys)
          .where(and(ofSweep, inArray(sweepKeys.keyId, some)))
          .returning({ keyId: sweepKeys.keyId });
      });
      gone = deleted.length;
      await checkpoint();
    }
    await ctx.db.write(({ q }) => q.delete(sweeps).where(and(eq(sweeps.id, id), isLeft)));
  }
  return { forgotten: left.length };
}
