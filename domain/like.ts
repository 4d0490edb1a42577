import { type AnyColumn, type SQL, sql } from "drizzle-orm";

/** Does the column contain what was typed, whatever the case? `%` and `_` mean themselves. */
export function contains(column: AnyColumn, typed: string): SQL {
  const pattern = `%${typed.toLowerCase().replace(/[\\%_]/g, (special) => `\\${special}`)}%`;
  return sql`lower(${column}) like ${pattern} escape '\\'`;
}
