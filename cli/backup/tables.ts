import { getTableConfig } from "drizzle-orm/pg-core";
import { postgresDialect } from "#db/dialect.ts";
import { defineSchema } from "#db/schema.ts";

type ColumnKind = "text" | "integer" | "boolean" | "json";

/** A table as it is copied between databases. */
export interface TableCopy {
  name: string;
  columns: readonly { name: string; kind: ColumnKind }[];
  /** The column that the database numbers; null if there is none. */
  sequence: string | null;
}

/**
 * Not copied: the state of running processes (heartbeats, and the feed that invalidates their caches), and what triggers
 * derive from other tables.
 */
const EXCLUDED = new Set(["verifiers", "local_verifiers", "changes", "search_texts"]);

const KINDS: Record<string, ColumnKind> = {
  text: "text",
  bigint: "integer",
  bigserial: "integer",
  integer: "integer",
  boolean: "boolean",
  jsonb: "json",
};

const schema = Object.values(defineSchema(postgresDialect)).map((table) => getTableConfig(table));

/** Every table that is copied. A table comes after the tables that it references. */
export const TABLES: readonly TableCopy[] = schema
  .filter(({ name }) => !EXCLUDED.has(name))
  .map(({ name, columns }) => ({
    name,
    columns: columns.map((column) => ({ name: column.name, kind: kindOf(name, column) })),
    sequence: columns.find((column) => column.getSQLType() === "bigserial")?.name ?? null,
  }));

/** The names of all tables, in the order in which their rows can be deleted. */
export const ALL_TABLES_REVERSED: readonly string[] = schema.map(({ name }) => name).reverse();

function kindOf(table: string, column: { name: string; getSQLType(): string }): ColumnKind {
  const kind = KINDS[column.getSQLType()];
  if (kind === undefined) throw new Error(`${table}.${column.name} has a type that no backup supports`);
  return kind;
}

/** A name in SQL. Names come from the schema, never from input. */
export const quoted = (name: string) => `"${name}"`;
export const columnList = (table: TableCopy) => table.columns.map(({ name }) => quoted(name)).join(", ");

/** JSON with sorted keys, because databases don't preserve the order of an object's keys. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
