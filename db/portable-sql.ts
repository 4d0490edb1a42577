import { type Column, inArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Db, DialectName } from "./open.ts";
import type { Tables } from "./schema.ts";

/**
 * Whether the column is one of the texts. They are sent as one parameter: binding each costs more than the look-up, and
 * every number of parameters would be another statement.
 */
export function oneOf(
  { dialect }: { dialect: DialectName },
  column: SQLWrapper,
  values: readonly string[],
): SQL {
  return dialect === "postgres"
    ? sql`${column} = any(${sql.param(values)}::text[])`
    : sql`${column} in (select value from json_each(${JSON.stringify(values)}))`;
}

/**
 * Whether the column is one of the values that a query selects, of which there are at most thousands. As an array on
 * Postgres, whose planner would otherwise rather read every row than look up so many.
 */
export function oneOfSelected({ dialect }: { dialect: DialectName }, column: Column, query: SQLWrapper): SQL {
  return dialect === "postgres" ? sql`${column} = any(array${query})` : sql`${column} in ${query}`;
}

/** Approximate size of a JSON column as text, bytes; 0 for null. Postgres adds spaces, SQLite does not. */
export function jsonBytes({ dialect }: { dialect: DialectName }, column: Column): SQL<number> {
  const bytes = dialect === "postgres" ? sql`octet_length(${column}::text)` : sql`octet_length(${column})`;
  return sql<number>`coalesce(${bytes}, 0)`.mapWith(Number);
}

/**
 * Bytes that a JSON column takes in its row, on Postgres compressed; 0 for null. Known without reading the value, and
 * another value rarely has the same.
 */
export function storedBytes({ dialect }: { dialect: DialectName }, column: Column): SQL<number> {
  const bytes = dialect === "postgres" ? sql`pg_column_size(${column})` : sql`octet_length(${column})`;
  return sql<number>`coalesce(${bytes}, 0)`.mapWith(Number);
}

/** Deletes at most `maxRows` matching rows in one transaction. Resolves with their number. */
export async function deleteBatch(
  db: Db,
  table: Tables[keyof Tables],
  isOld: SQL | undefined,
  maxRows: number,
): Promise<number> {
  // Physical row ids, because primary keys differ between tables.
  const rowId = db.dialect === "postgres" ? sql`ctid` : sql`rowid`;
  const deleted = await db.write(async ({ q }) => {
    const some = q.select({ rowId }).from(table).where(isOld).limit(maxRows);
    return q.delete(table).where(inArray(rowId, some)).returning({ one: sql`1` });
  });
  return deleted.length;
}
