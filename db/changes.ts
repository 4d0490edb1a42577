import { sql } from "drizzle-orm";
import { MAX_DRAIN_DELAY_MS } from "./linger.ts";
import type { Tx } from "./open.ts";
import type { ChangeKind } from "./tables/audit.ts";

/** The Postgres channel that wakes verifiers; its payload means nothing, the rows do. */
export const CHANGES_CHANNEL = "latchkey_changes";

interface Change {
  kind: ChangeKind;
  subject: string;
}

/** Tells every verifier to forget what it knows of `subject`. Call it in the transaction of the change. */
export async function recordChange(tx: Tx, change: Change, nowMs: number): Promise<void> {
  await recordChanges(tx, [change], nowMs);
}

/** The same for many at once. */
export async function recordChanges(tx: Tx, changes: Change[], nowMs: number): Promise<void> {
  if (changes.length === 0) return;
  await tx.q.insert(tx.t.changes).values(changes.map((change) => ({ ...change, at: nowMs })));
  if (tx.dialect === "postgres") {
    // The number that was just taken must be committed soon or never (`engine/feed/change-feed.ts`), also where a pooler
    // let no timeouts through.
    const within = String(MAX_DRAIN_DELAY_MS);
    const bounded = sql`set_config('idle_in_transaction_session_timeout', ${within}, true)`;
    await tx.q.select({ sent: sql`pg_notify(${CHANGES_CHANNEL}, '')`, bounded }).from(sql`(select 1) as one`);
  }
}
