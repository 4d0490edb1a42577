import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import { dialectOf } from "./like.ts";

/**
 * What names are sorted by, the same on both databases: without the case of A to Z, and everything else by its bytes, so
 * that other letters come after z. What Postgres does by itself depends on the locale of the database.
 */
export function nameOrder(name: AnyColumn): SQL<string> {
  return dialectOf(name) === "postgres"
    ? sql<string>`lower(${name} collate "C")`
    : sql<string>`lower(${name})`;
}
