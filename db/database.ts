import type { SQL } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type { Tables } from "./schema.ts";

export type DialectName = "sqlite" | "postgres";
/** What queries are written against, on both databases. */
export type Queries = Pick<
  PgDatabase<PgQueryResultHKT>,
  "select" | "selectDistinct" | "insert" | "update" | "delete" | "$with" | "with" | "$count"
>;

/** Somewhere to run queries: outside a transaction (`db.read`) or inside one (`tx`). */
export interface Scope {
  readonly dialect: DialectName;
  readonly q: Queries;
  readonly t: Tables;
}

/** A scope inside a write transaction. Only `Db.write` creates one. */
export interface Tx extends Scope {
  readonly writing: true;
  /** Runs a statement that the query builder does not have, such as `create table`. */
  execute(statement: SQL): Promise<void>;
  /** Calls `work` once the transaction is committed, and never if it is not. It must not throw. */
  afterCommit(work: () => void): void;
}

export interface Db {
  readonly dialect: DialectName;
  readonly url: string;
  readonly read: Scope;
  /** Runs `work` in one transaction, which is rolled back if `work` throws. Never nest. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Runs `work` on one state of the database, whatever is written meanwhile, on a separate connection. It keeps old
   * rows alive, so it is for commands of the operator, not for requests.
   */
  snapshot<T>(work: (scope: Scope) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Postgres: the maximum number of connections. */
  poolSize?: number;
  /** SQLite: is called before each statement, which blocks the thread. */
  beforeStatement?: () => void;
}
