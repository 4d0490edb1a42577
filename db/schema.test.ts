import { getTableColumns } from "drizzle-orm";
import { type PgTable, getTableConfig as postgresConfig } from "drizzle-orm/pg-core";
import { type SQLiteTable, getTableConfig as sqliteConfig } from "drizzle-orm/sqlite-core";
import { describe, expect, test } from "vitest";
import * as postgresTables from "./schema.postgres.ts";
import * as sqliteTables from "./schema.sqlite.ts";

const postgresByName = new Map<string, PgTable>(Object.entries(postgresTables));
// The types are those of Postgres for both dialects. This compares the actual tables.
const sqliteByName = new Map<string, unknown>(Object.entries(sqliteTables));
const names = [...postgresByName.keys()];

test("both databases have the same tables", () => {
  expect([...sqliteByName.keys()].sort()).toEqual([...names].sort());
});

describe.each(names)("%s is the same on both databases", (name) => {
  const postgres = postgresByName.get(name);
  const sqlite = sqliteByName.get(name);
  if (!postgres || !isSqliteTable(sqlite)) throw new Error(`${name} is not a table of both`);

  test("name, columns, nullability, uniqueness and defaults", () => {
    expect(sqliteConfig(sqlite).name).toBe(postgresConfig(postgres).name);
    expect(columnsOf(getTableColumns(sqlite))).toEqual(columnsOf(getTableColumns(postgres)));
  });

  test("primary key", () => {
    const keyOf = (keys: { columns: { name: string }[] }[]) =>
      keys.map((key) => key.columns.map((column) => column.name));
    expect(keyOf(sqliteConfig(sqlite).primaryKeys)).toEqual(keyOf(postgresConfig(postgres).primaryKeys));
  });

  test("foreign keys", () => {
    const links = (keys: ForeignKeyLike[]) =>
      keys.map((key) => ({
        from: key.reference().columns.map((column) => column.name),
        to: key.reference().foreignColumns.map((column) => column.name),
        onDelete: key.onDelete ?? "no action",
      }));
    expect(links(sqliteConfig(sqlite).foreignKeys)).toEqual(links(postgresConfig(postgres).foreignKeys));
  });

  test("indexes", () => {
    const indexes = (list: { config: { name?: string; unique?: boolean; columns: unknown[] } }[]) =>
      list.map(({ config }) => ({
        name: config.name,
        unique: config.unique ?? false,
        columns: config.columns.map((column) => (column as { name: string }).name),
      }));
    expect(indexes(sqliteConfig(sqlite).indexes)).toEqual(indexes(postgresConfig(postgres).indexes));
  });
});

interface ForeignKeyLike {
  reference(): { columns: { name: string }[]; foreignColumns: { name: string }[] };
  onDelete: string | undefined;
}

function isSqliteTable(table: unknown): table is SQLiteTable {
  return typeof table === "object" && table !== null;
}

function columnsOf(columns: ReturnType<typeof getTableColumns>) {
  return Object.entries(columns).map(([field, column]) => ({
    field,
    name: column.name,
    dataType: column.dataType,
    notNull: column.notNull,
    primary: column.primary,
    unique: column.isUnique,
    hasDefault: column.hasDefault,
  }));
}
