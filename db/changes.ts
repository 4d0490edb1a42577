import { sql } from "drizzle-orm";
import type { Tx } from "./open.ts";
import type { ChangeKind } from "./tables/traces.ts";

/** The Postgres channel that wakes verifiers; its payload means nothing, the rows do. */
export const CHANGES_CHANNEL = "latchkey_changes";

/** Tells every verifier to forget what it knows of `subject`. Call it in the transaction of the change. */
export async function recordChange(
  tx: Tx,
  change: { kind: ChangeKind; subject: string },
  nowMs: number,
): Promise<void> {
  await tx.q.insert(tx.t.changes).values({ ...change, at: nowMs });
  if (tx.dialect === "postgres") {
    await tx.q.select({ sent: sql`pg_notify(${CHANGES_CHANNEL}, '')` }).from(sql`(select 1) as one`);
  }
}
