import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/open.ts";

/** The type of a row's field in JSON. */
type FieldKind = "text" | "integer" | "number" | "boolean" | "json";

/** On SQLite, a statement blocks its thread, and so the core that requests wait for: about a millisecond for these. */
const MAX_ROWS_PER_STATEMENT = 250;

/** Calls `work` with some rows after the other, each time with the index of the first. Keeps their order. */
export async function inStatements<Row>(
  rows: readonly Row[],
  work: (some: Row[], first: number) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < rows.length; at += MAX_ROWS_PER_STATEMENT)
    await work(rows.slice(at, at + MAX_ROWS_PER_STATEMENT), at);
}

/**
 * Rows as a query to insert from. They are sent as one JSON value: binding a hundred thousand parameters takes longer
 * than the aggregation. `first` is an expression for a column before the fields.
 */
export function jsonRows(
  tx: Tx,
  rows: readonly (readonly unknown[])[],
  kinds: readonly FieldKind[],
  first?: SQL,
): SQL {
  const json = JSON.stringify(rows);
  const fields = kinds.map((kind, at) => fieldOf(tx, kind, at));
  if (first) fields.unshift(first);
  const list = sql.join(fields, sql`, `);
  return tx.dialect === "postgres"
    ? sql`select ${list} from jsonb_array_elements(${json}::jsonb) as r`
    : // Without "where true", SQLite parses the "on" of "on conflict" as part of a join.
      sql`select ${list} from json_each(${json}) as r where true`;
}

function fieldOf(tx: Tx, kind: FieldKind, at: number): SQL {
  const index = sql.raw(String(at));
  if (tx.dialect === "sqlite") {
    return kind === "json" ? sql`r.value->${index}` : sql`r.value->>${index}`;
  }
  switch (kind) {
    case "text":
      return sql`r->>${index}`;
    case "integer":
      return sql`(r->>${index})::int`;
    case "number":
      return sql`(r->>${index})::bigint`;
    case "boolean":
      return sql`(r->>${index})::boolean`;
    case "json":
      return sql`r->${index}`;
  }
}
