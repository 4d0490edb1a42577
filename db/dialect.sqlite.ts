import * as sqlite from "drizzle-orm/sqlite-core";
import type { Dialect } from "./dialect.ts";
import { mapped, type StoredForm, storedJson, storedText } from "./stored-columns.ts";

const sqliteColumns = {
  table: sqlite.sqliteTable,
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  primaryKey: sqlite.primaryKey,
  text: (name: string) => mapped(sqlite.text(name), storedText),
  integer: (name: string) => sqlite.integer(name),
  smallInteger: (name: string) => sqlite.integer(name),
  instant: (name: string) => sqlite.integer(name),
  boolean: (name: string) => sqlite.integer(name, { mode: "boolean" }),
  json: <T>(name: string, form?: StoredForm<T>) => storedJson(sqlite.text(name, { mode: "json" }), form),
  sequence: (name: string) => sqlite.integer(name).primaryKey({ autoIncrement: true }),
};

// The only place where SQLite columns have the type of Postgres ones. The builders have the same methods, and
// `schema.test.ts` compares both schemas column by column.
export const sqliteDialect = sqliteColumns as unknown as Dialect;
