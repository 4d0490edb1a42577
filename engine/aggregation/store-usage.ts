import { isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Db, Tx } from "#db/open.ts";
import { jsonRows } from "./json-rows.ts";
import type { LastUse, ReportOnlyRow } from "./usage-rows.ts";

/** Adds counts to those of report-only restrictions. */
export async function storeReportOnly(tx: Tx, rows: ReportOnlyRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { reportOnlyCounts } = tx.t;
  const { keyId, since, bucket, code, count } = reportOnlyCounts;
  await tx.q
    .insert(reportOnlyCounts)
    .select(jsonRows(tx, rows, ["text", "number", "number", "text", "number"]))
    .onConflictDoUpdate({
      target: [keyId, since, bucket, code],
      set: { count: sql`${count} + excluded.count` },
    });
}

type Used = Tx["t"]["keys" | "secrets" | "serviceTokens"];

/** Moves `last_used_at` of keys and secrets forward, never back. */
export async function storeLastUses(tx: Tx, keys: LastUse[], secrets: LastUse[]): Promise<void> {
  for (const [table, uses] of [
    [tx.t.keys, keys],
    [tx.t.secrets, secrets],
  ] as const) {
    if (uses.length > 0) await moveForward(tx, table, uses);
  }
}

/** Moves the last uses of service tokens, and of their older secrets, forward, never back. */
export async function storeServiceUses(db: Db, uses: LastUse[], olderUses: LastUse[]): Promise<void> {
  if (uses.length === 0) return;
  await db.write(async (tx) => {
    await moveForward(tx, tx.t.serviceTokens, uses);
    if (olderUses.length === 0) return;
    const { serviceTokens } = tx.t;
    await tx.q
      .update(serviceTokens)
      .set({ olderUsedAt: sql`used.at` })
      .from(usedList(tx, serviceTokens, olderUses))
      .where(isEarlier(serviceTokens, serviceTokens.olderUsedAt));
  });
}

async function moveForward(tx: Tx, table: Used, uses: LastUse[]): Promise<void> {
  await tx.q
    .update(table)
    .set({ lastUsedAt: sql`used.at` })
    .from(usedList(tx, table, uses))
    .where(isEarlier(table, table.lastUsedAt));
}

/** Matches rows of `table` with their uses, if the stored use in `column` is an earlier one. */
function isEarlier({ id }: Used, column: PgColumn): SQL {
  return sql`${id} = used.id and ${or(isNull(column), lt(column, sql`used.at`))}`;
}

/**
 * The uses as rows. On Postgres, this locks the rows to update in the same order everywhere. Otherwise two verifiers, or
 * a verifier and an administrator who revokes many keys, could deadlock.
 */
function usedList(tx: Tx, table: Used, uses: LastUse[]): SQL {
  const json = JSON.stringify(uses);
  return tx.dialect === "postgres"
    ? sql`(select r->>0 as id, (r->>1)::bigint as at from jsonb_array_elements(${json}::jsonb) as r
            join ${table} on ${table.id} = r->>0
            order by ${table.id} collate "C" for no key update of ${table}) as used`
    : sql`(select r.value->>0 as id, r.value->>1 as at from json_each(${json}) as r) as used`;
}
