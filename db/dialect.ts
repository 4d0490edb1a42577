import * as pg from "drizzle-orm/pg-core";
import * as sqlite from "drizzle-orm/sqlite-core";
import { storable, storableJson } from "#core/text.ts";

interface BuiltColumn {
  mapToDriverValue(value: unknown): unknown;
}

/** The column with `map` before what it sends to the database, in writes and in comparisons. */
function mapped<Builder>(builder: Builder, map: (value: unknown) => unknown): Builder {
  const internal = builder as unknown as { build(table: unknown): BuiltColumn };
  const build = internal.build.bind(builder);
  internal.build = (table) => Object.assign(build(table), { mapToDriverValue: map });
  return builder;
}

/** Postgres refuses NUL, and neither database keeps half of a surrogate pair: both store U+FFFD instead. */
const text = (value: unknown) => (typeof value === "string" ? storable(value) : value);

/**
 * The portable subset of column types that the schema is written in. Instants and counts are numbers
 * (epoch milliseconds), enums are text, ids are made by the application.
 */
const postgres = {
  table: pg.pgTable,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
  text: <T extends string = string>(name: string) => mapped(pg.text(name).$type<T>(), text),
  integer: (name: string) => pg.bigint(name, { mode: "number" }),
  instant: (name: string) => pg.bigint(name, { mode: "number" }),
  boolean: (name: string) => pg.boolean(name),
  json: <T>(name: string) => mapped(pg.jsonb(name).$type<T>(), storableJson),
  /** A number that the database hands out, rising. Transactions may commit out of its order. */
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
  instant: (name: string) => sqlite.integer(name),
  boolean: (name: string) => sqlite.integer(name, { mode: "boolean" }),
  json: (name: string) => mapped(sqlite.text(name, { mode: "json" }), storableJson),
  sequence: (name: string) => sqlite.integer(name).primaryKey({ autoIncrement: true }),
};

// The one place where a SQLite column passes for a Postgres one: the builders have the same calls, and
// `schema.test.ts` holds both instances together, column by column.
export const sqliteDialect = sqliteColumns as unknown as Dialect;
