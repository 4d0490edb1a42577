import { sql } from "drizzle-orm";
import type { Tx } from "./open.ts";
import type { ChangeKind } from "./tables/audit.ts";
import { TRANSACTION_TIMEOUT_MS } from "./transaction-timeout.ts";

/** The Postgres channel that notifies verifiers of new rows in `changes`. Its payload is empty. */
export const CHANGES_CHANNEL = "latchkey_changes";

interface Change {
  kind: ChangeKind;
  subject: string;
}

/** Makes every verifier drop `subject` from its cache. Call it in the transaction of the change. `nowMs` is epoch ms. */
export async function recordChange(tx: Tx, change: Change, nowMs: number): Promise<void> {
  await recordChanges(tx, [change], nowMs);
}

/** Like `recordChange`, for many changes at once. */
export async function recordChanges(tx: Tx, changes: Change[], nowMs: number): Promise<void> {
  if (changes.length === 0) return;
  await tx.q.insert(tx.t.changes).values(changes.map((change) => ({ ...change, at: nowMs })));
  if (tx.dialect === "postgres") {
    // The new sequence number must be committed soon or never (`engine/feed/change-feed.ts`). A pooler may have dropped
    // the timeouts of the connection, so it is set here too.
    const timeout = String(TRANSACTION_TIMEOUT_MS);
    const bounded = sql`set_config('idle_in_transaction_session_timeout', ${timeout}, true)`;
    await tx.q.select({ sent: sql`pg_notify(${CHANGES_CHANNEL}, '')`, bounded }).from(sql`(select 1) as one`);
  }
}
