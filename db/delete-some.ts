import { inArray, type SQL, sql } from "drizzle-orm";
import type { Db } from "./open.ts";
import type { Tables } from "./schema.ts";

/** Deletes at most so many rows in one transaction; resolves with how many they were. */
export async function deleteSome(
  db: Db,
  table: Tables[keyof Tables],
  isOld: SQL | undefined,
  rowsMost: number,
): Promise<number> {
  // The row's place in the file: what both databases can delete by, whatever the key is made of.
  const place = db.dialect === "postgres" ? sql`ctid` : sql`rowid`;
  const deleted = await db.write(async ({ q }) => {
    const some = q.select({ place }).from(table).where(isOld).limit(rowsMost);
    return q.delete(table).where(inArray(place, some)).returning({ one: sql`1` });
  });
  return deleted.length;
}
