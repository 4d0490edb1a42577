import { asc, eq, type SQL, sql } from "drizzle-orm";
import { oneOf } from "#db/one-of.ts";
import type { Tx } from "#db/open.ts";
import type { KeyRow } from "./present.ts";

/** Locks the rows of many keys until the transaction ends. */
export async function lockKeys(tx: Tx, keyIds: string[]): Promise<KeyRow[]> {
  const { keys } = tx.t;
  const these = oneOf(tx, keys.id, keyIds);
  await lock(tx, these);
  return tx.q.select().from(keys).where(these).orderBy(asc(keys.id));
}

/** Locks all keys of a project until the transaction ends. */
export async function lockProjectKeys(tx: Tx, projectId: string): Promise<void> {
  await lock(tx, eq(tx.t.keys.projectId, projectId));
}

/** Locks the rows in one fixed order, so that two transactions that lock many keys can't deadlock. */
async function lock(tx: Tx, which: SQL): Promise<void> {
  if (tx.dialect !== "postgres") return;
  const { keys } = tx.t;
  await tx.q.select({ held: sql`count(*)` }).from(
    sql`(select 1 from ${keys} where ${which}
            order by ${keys.id} collate "C" for no key update) as held`,
  );
}
