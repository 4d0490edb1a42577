import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "#db/open.ts";

/** How a field of a row is read from JSON. */
type FieldKind = "text" | "number" | "boolean" | "json";

/**
 * Rows as a source to insert from. They go over as one JSON value: binding each of a hundred thousand fields
 * costs more than counting them.
 */
export function jsonRows(tx: Tx, rows: readonly (readonly unknown[])[], kinds: readonly FieldKind[]): SQL {
  const json = JSON.stringify(rows);
  const fields = kinds.map((kind, at) => fieldOf(tx, kind, at));
  const list = sql.join(fields, sql`, `);
  return tx.dialect === "postgres"
    ? sql`select ${list} from jsonb_array_elements(${json}::jsonb) as r`
    : // Without «where true» SQLite reads the «on» of «on conflict» as a join's.
      sql`select ${list} from json_each(${json}) as r where true`;
}

function fieldOf(tx: Tx, kind: FieldKind, at: number): SQL {
  const place = sql.raw(String(at));
  if (tx.dialect === "sqlite") {
    return kind === "json" ? sql`r.value->${place}` : sql`r.value->>${place}`;
  }
  switch (kind) {
    case "text":
      return sql`r->>${place}`;
    case "number":
      return sql`(r->>${place})::bigint`;
    case "boolean":
      return sql`(r->>${place})::boolean`;
    case "json":
      return sql`r->${place}`;
  }
}
