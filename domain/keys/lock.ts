import { asc, eq, type SQL, sql } from "drizzle-orm";
import { oneOf } from "#db/one-of.ts";
import type { Tx } from "#db/open.ts";
import type { KeyRow } from "./present.ts";

/** The rows of many keys, held until the transaction ends. */
export async function lockKeys(tx: Tx, keyIds: string[]): Promise<KeyRow[]> {
  const { keys } = tx.t;
  const these = oneOf(tx, keys.id, keyIds);
  await lock(tx, these);
  return tx.q.select().from(keys).where(these).orderBy(asc(keys.id));
}

/** Holds every key of a project until the transaction ends. */
export async function lockKeysOf(tx: Tx, projectId: string): Promise<void> {
  await lock(tx, eq(tx.t.keys.projectId, projectId));
}

/**
 * Postgres locks them in the one order in which everybody locks many: two who do so would else come to wait for
 * each other in a ring.
 */
async function lock(tx: Tx, which: SQL): Promise<void> {
  if (tx.dialect !== "postgres") return;
  const { keys } = tx.t;
  await tx.q.select({ held: sql`count(*)` }).from(
    sql`(select 1 from ${keys} where ${which}
            order by ${keys.id} collate "C" for no key update) as held`,
  );
}
