import { type Column, type SQL, sql } from "drizzle-orm";
import type { DialectName } from "./open.ts";

/** How many bytes a JSON column's text has, about: databases write it with and without spaces. 0 for null. */
export function jsonBytes({ dialect }: { dialect: DialectName }, column: Column): SQL<number> {
  const bytes = dialect === "postgres" ? sql`octet_length(${column}::text)` : sql`octet_length(${column})`;
  return sql<number>`coalesce(${bytes}, 0)`.mapWith(Number);
}
