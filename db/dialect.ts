import * as pg from "drizzle-orm/pg-core";
import * as sqlite from "drizzle-orm/sqlite-core";
import { storable, storableJson } from "#core/text.ts";

interface BuiltColumn {
  mapToDriverValue(value: unknown): unknown;
  mapFromDriverValue(value: unknown): unknown;
}

/** A value's form in the database, where it is not the value itself. */
export interface StoredForm<T> {
  encode: (value: T) => unknown;
  decode: (stored: unknown) => T;
}

/** The column with `map` applied to every value sent to the database, in writes and comparisons. */
function mapped<Builder>(builder: Builder, map: (value: unknown) => unknown): Builder {
  const internal = builder as unknown as { build(table: unknown): BuiltColumn };
  const build = internal.build.bind(builder);
  internal.build = (table) => Object.assign(build(table), { mapToDriverValue: map });
  return builder;
}

/** A JSON column. */
function json<T, Builder>(builder: Builder, form: StoredForm<T> | undefined): Builder {
  if (form === undefined) return mapped(builder, storableJson);
  const encoded = mapped(builder, (value) => storableJson(form.encode(value as T)));
  const internal = encoded as unknown as { build(table: unknown): BuiltColumn };
  const build = internal.build.bind(encoded);
  internal.build = (table) => {
    const column = build(table);
    const parse = column.mapFromDriverValue.bind(column);
    return Object.assign(column, { mapFromDriverValue: (value: unknown) => form.decode(parse(value)) });
  };
  return encoded;
}

/** Postgres rejects NUL, and neither database stores unpaired surrogates. Both store U+FFFD instead. */
const text = (value: unknown) => (typeof value === "string" ? storable(value) : value);

/**
 * The portable subset of column types that the schema is written in. Instants and counts are numbers
 * (epoch milliseconds), enums are text, ids are created by the application.
 */
const postgres = {
  table: pg.pgTable,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
  text: <T extends string = string>(name: string) => mapped(pg.text(name).$type<T>(), text),
  integer: (name: string) => pg.bigint(name, { mode: "number" }),
  /** Four bytes on Postgres: up to 2,147,483,647. */
  smallInteger: (name: string) => pg.integer(name),
  instant: (name: string) => pg.bigint(name, { mode: "number" }),
  boolean: (name: string) => pg.boolean(name),
  json: <T>(name: string, form?: StoredForm<T>) => json(pg.jsonb(name).$type<T>(), form),
  /** An increasing number assigned by the database. Transactions may commit in another order. */
  sequence: (name: string) => pg.bigserial(name, { mode: "number" }).primaryKey(),
};

export type Dialect = typeof postgres;

export const postgresDialect: Dialect = postgres;

const sqliteColumns = {
  table: sqlite.sqliteTable,
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  primaryKey: sqlite.primaryKey,
  text: (name: string) => mapped(sqlite.text(name), text),
  integer: (name: string) => sqlite.integer(name),
  smallInteger: (name: string) => sqlite.integer(name),
  instant: (name: string) => sqlite.integer(name),
  boolean: (name: string) => sqlite.integer(name, { mode: "boolean" }),
  json: <T>(name: string, form?: StoredForm<T>) => json(sqlite.text(name, { mode: "json" }), form),
  sequence: (name: string) => sqlite.integer(name).primaryKey({ autoIncrement: true }),
};

// The only place where SQLite columns have the type of Postgres ones. The builders have the same methods, and
// `schema.test.ts` compares both schemas column by column.
export const sqliteDialect = sqliteColumns as unknown as Dialect;
