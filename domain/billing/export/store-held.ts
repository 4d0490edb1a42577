import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import type { HeldReason } from "#db/tables/billing-export.ts";
import type { BillingEvent } from "./event.ts";

/** Why events are held, by their numbers, and the receiver's words. */
export type Held = Map<number, [HeldReason, string | null]>;

/**
 * After a batch: stores which of its events are held, and that the others no longer are. `furthest`: of the export before
 * the batch. The receiver has acknowledged all usage before it that is not held.
 */
export async function storeHeld(
  { q, t }: Tx,
  exportId: string,
  batch: { events: readonly BillingEvent[]; held: Held; furthest: number; nowMs: number },
): Promise<void> {
  const { billingHeldEvents: table } = t;
  const { events, held, furthest, nowMs: at } = batch;
  const done = events.map(({ seq }) => seq).filter((seq) => !held.has(seq));
  if (done.length > 0)
    await q.delete(table).where(and(eq(table.exportId, exportId), inArray(table.seq, done)));
  for (const { seq, projectId } of events) {
    const why = held.get(seq);
    if (!why) continue;
    const [reason, detail] = why;
    await q
      .insert(table)
      .values({ exportId, seq, projectId, reason, detail, at, acknowledged: seq <= furthest })
      .onConflictDoUpdate({ target: [table.exportId, table.seq], set: { reason, detail, at } });
  }
}
