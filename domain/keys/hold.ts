import { asc, inArray, sql } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import type { KeyRow } from "./present.ts";

/**
 * The rows of many keys, held until the transaction ends. Postgres locks them in the one order in which everybody
 * locks many: two who do so would else come to wait for each other in a ring.
 */
export async function holdKeys(tx: Tx, keyIds: string[]): Promise<KeyRow[]> {
  const { keys } = tx.t;
  if (tx.dialect === "postgres") {
    const ids = sql.join(
      keyIds.map((id) => sql`${id}`),
      sql`, `,
    );
    await tx.q.select({ held: sql`count(*)` }).from(
      sql`(select 1 from ${keys} where ${keys.id} in (${ids})
              order by ${keys.id} collate "C" for no key update) as held`,
    );
  }
  return tx.q.select().from(keys).where(inArray(keys.id, keyIds)).orderBy(asc(keys.id));
}
