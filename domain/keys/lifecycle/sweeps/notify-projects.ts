import { and, asc, count, eq, gt, min } from "drizzle-orm";
import type { Tables } from "#db/schema.ts";
import type { Ctx } from "../../../context.ts";
import { notifySome } from "../../../notifications/notify-many.ts";
import { yieldToEventLoop } from "../../../yield-to-event-loop.ts";

/** Projects per transaction. */
const PART = 50;

/** Notifies every project whose keys a sweep revoked or restored, once, however often it is restarted. */
export async function notifyProjects(
  ctx: Ctx,
  sweep: Tables["sweeps"]["$inferSelect"],
  what: "revoked" | "restored",
): Promise<void> {
  const { sweepKeys } = ctx.db.read.t;
  for (let last = ""; ; ) {
    const part = await ctx.db.read.q
      .select({
        projectId: sweepKeys.projectId,
        keys: count(),
        // A restored key has a note if it was disabled by the leak policy.
        leaked: count(sweepKeys.note),
        keyId: min(sweepKeys.keyId),
      })
      .from(sweepKeys)
      .where(and(eq(sweepKeys.sweepId, sweep.id), eq(sweepKeys.state, what), gt(sweepKeys.projectId, last)))
      .groupBy(sweepKeys.projectId)
      .orderBy(asc(sweepKeys.projectId))
      .limit(PART);
    await ctx.db.write(async (tx) => {
      for (const { projectId, keys, leaked, keyId } of part) {
        const [one] = await tx.q
          .select({ id: tx.t.keys.id, name: tx.t.keys.name })
          .from(tx.t.keys)
          .where(eq(tx.t.keys.id, keyId ?? ""));
        if (!one) continue;
        await notifySome(tx, ctx, what, {
          projectId,
          count: keys,
          one,
          data: { reason: sweep.reason, ...(leaked > 0 ? { leaked } : {}) },
          once: `sweep:${sweep.id}:${what}:${projectId}`,
        });
      }
    });
    await yieldToEventLoop();
    last = part.at(-1)?.projectId ?? "";
    if (part.length < PART) return;
  }
}
