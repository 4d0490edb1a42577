import { gunzipSync, gzipSync } from "node:zlib";
import { asc, eq, inArray } from "drizzle-orm";
import { storable } from "#core/text.ts";
import type { Db, Scope, Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { UsageRow } from "../../aggregation/usage-rows.ts";
import type { UsageBatch } from "../types.ts";

/** Maximum number of waiting batches. Then journals wait, whose size has a maximum. */
const MAX_WAITING = 5_000;
/** Delivered in one transaction, which must not take long. */
const DELIVERED_AT_ONCE = 4;

/** Puts a batch into the outbox, in the transaction that records its segments. */
export async function addToOutbox(tx: Tx, { id, rows }: UsageBatch): Promise<void> {
  const { usageOutbox } = tx.t;
  if ((await tx.q.$count(usageOutbox)) >= MAX_WAITING)
    throw new Error("ClickHouse has not taken usage counts for too long; the journal waits");
  const texts = rows.map((row) => row.map((value) => (typeof value === "string" ? storable(value) : value)));
  const packed = gzipSync(JSON.stringify(texts)).toString("base64");
  // A batch that is already there has the same rows.
  await tx.q.insert(usageOutbox).values({ id, createdAt: Date.now(), rows: packed }).onConflictDoNothing();
}

/** Whether batches wait. */
export async function isOutboxEmpty({ read }: Db): Promise<boolean> {
  const { usageOutbox } = read.t;
  return (await read.q.select({ id: usageOutbox.id }).from(usageOutbox).limit(1)).length === 0;
}

/**
 * Hands every waiting batch to `deliver`, oldest first, and deletes it. Rejects if `deliver` does, and the batch waits
 * on. A process that dies meanwhile leaves it too: `deliver` must add each id once.
 */
export async function deliverOutbox(db: Db, deliver: (batch: UsageBatch) => Promise<void>): Promise<void> {
  while (!(await isOutboxEmpty(db))) {
    if (db.dialect === "sqlite") await deliverThenDelete(db, deliver);
    else
      await db.write(async (tx) => {
        for (const row of await takeOldest(tx)) await deliver(unpack(row));
      });
  }
}

/**
 * SQLite has one writer, and nobody may wait for ClickHouse to make a change. So two processes can deliver one batch at
 * the same time; ClickHouse then drops one of them by its id.
 */
async function deliverThenDelete(db: Db, deliver: (batch: UsageBatch) => Promise<void>): Promise<void> {
  for (const row of await oldest(db.read)) {
    await deliver(unpack(row));
    await db.write(({ q, t }) => q.delete(t.usageOutbox).where(eq(t.usageOutbox.id, row.id)));
  }
}

type OutboxRow = Pick<Tables["usageOutbox"]["$inferSelect"], "id" | "rows">;

function unpack({ id, rows }: OutboxRow): UsageBatch {
  const unpacked: UsageRow[] = JSON.parse(gunzipSync(Buffer.from(rows, "base64")).toString());
  return { id, rows: unpacked };
}

function oldest({ q, t: { usageOutbox } }: Scope): Promise<OutboxRow[]> {
  return q
    .select({ id: usageOutbox.id, rows: usageOutbox.rows })
    .from(usageOutbox)
    .orderBy(asc(usageOutbox.createdAt), asc(usageOutbox.id))
    .limit(DELIVERED_AT_ONCE);
}

/** Deletes them, which also makes other processes wait until this transaction ends. */
async function takeOldest(tx: Tx): Promise<OutboxRow[]> {
  const { usageOutbox } = tx.t;
  const ids = (await oldest(tx)).map(({ id }) => id);
  if (ids.length === 0) return [];
  return tx.q
    .delete(usageOutbox)
    .where(inArray(usageOutbox.id, ids))
    .returning({ id: usageOutbox.id, rows: usageOutbox.rows });
}
