import { type Column, type SQL, sql } from "drizzle-orm";
import type { DialectName } from "./open.ts";

/**
 * Is the column one of these texts? They go over as one value: binding each costs more than the look-up, and makes
 * another statement of every other number of them.
 */
export function oneOf({ dialect }: { dialect: DialectName }, column: Column, values: readonly string[]): SQL {
  return dialect === "postgres"
    ? sql`${column} = any(${sql.param(values)}::text[])`
    : sql`${column} in (select value from json_each(${JSON.stringify(values)}))`;
}
