import * as pg from "drizzle-orm/pg-core";
import { mapped, type StoredForm, storedJson, storedText } from "./stored-columns.ts";

/**
 * The portable subset of column types that the schema is written in. Instants and counts are numbers
 * (epoch milliseconds), enums are text, ids are created by the application.
 */
const postgres = {
  table: pg.pgTable,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
  text: <T extends string = string>(name: string) => mapped(pg.text(name).$type<T>(), storedText),
  integer: (name: string) => pg.bigint(name, { mode: "number" }),
  /** Four bytes on Postgres: up to 2,147,483,647. */
  smallInteger: (name: string) => pg.integer(name),
  instant: (name: string) => pg.bigint(name, { mode: "number" }),
  boolean: (name: string) => pg.boolean(name),
  json: <T>(name: string, form?: StoredForm<T>) => storedJson(pg.jsonb(name).$type<T>(), form),
  /** An increasing number assigned by the database. Transactions may commit in another order. */
  sequence: (name: string) => pg.bigserial(name, { mode: "number" }).primaryKey(),
};

export type Dialect = typeof postgres;

export const postgresDialect: Dialect = postgres;
