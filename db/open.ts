import { chmodSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Client } from "@libsql/client";
import type { SQL } from "drizzle-orm";
import { type PgDatabase, PgPreparedQuery, type PgQueryResultHKT } from "drizzle-orm/pg-core";
import { SQLitePreparedQuery } from "drizzle-orm/sqlite-core";
import type pg from "pg";
import { makeDirectory } from "#platform/make-directory.ts";
import { hideValuesOf } from "./query-errors.ts";
import { retryBusy } from "./retry-busy.ts";
import * as postgresTables from "./schema.postgres.ts";
import * as sqliteTables from "./schema.sqlite.ts";
import type { Tables } from "./schema.ts";

hideValuesOf(PgPreparedQuery);
hideValuesOf(SQLitePreparedQuery);

export type DialectName = "sqlite" | "postgres";
type Queries = Pick<
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

/** Longer transactions are rolled back. */
const MAX_WRITE_MS = 240_000;

/**
 * Opens `file:…` (SQLite) or `postgres://…`. Throws if the database can't be reached. Loads only the driver that is
 * used, so that verifiers start quickly.
 */
export async function openDb(url: string, options: OpenOptions = {}): Promise<Db> {
  return url.startsWith("file:") ? openSqlite(url, options) : openPostgres(url, options);
}

// busy_timeout blocks the event loop while it waits, so it is short and `write` retries instead.
const PRAGMAS = [
  "busy_timeout = 20",
  "journal_mode = WAL",
  // A revocation that was answered must survive a power cut.
  "synchronous = FULL",
  "foreign_keys = ON",
  // Otherwise INSERT OR REPLACE would delete rows of the audit log without running its triggers.
  "recursive_triggers = ON",
  "temp_store = MEMORY",
  "cache_size = -32000",
];

/** Opens one SQLite connection with the pragmas that every connection needs. */
export async function openSqliteClient(url: string): Promise<Client> {
  const path = url.slice("file:".length);
  makeDirectory(dirname(path));
  const { createClient } = await import("@libsql/client/sqlite3");
  // A pool of one, so that the pragmas are set on the connection that is used.
  const client = createClient({ url, concurrency: 1 });
  try {
    await setPragmas(client);
    // Only now it is certain to be a database, and not a file or directory that a wrong setting names.
    closeToOthers(path);
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}

async function setPragmas(client: Client): Promise<void> {
  const all = async () => {
    for (const pragma of PRAGMAS) await client.execute(`PRAGMA ${pragma}`);
  };
  await retryBusy(all, async () => client.reconnect());
}

/**
 * A statement that failed with SQLITE_BUSY is only reset when it is garbage-collected. Until then its connection reads an
 * old snapshot, from which SQLite allows no writes. Only a new connection is certain to work.
 */
async function replaceConnection(client: Client): Promise<void> {
  await client.reconnect();
  await setPragmas(client);
}

async function openSqlite(url: string, { beforeStatement }: OpenOptions): Promise<Db> {
  const { drizzle } = await import("drizzle-orm/libsql/sqlite3");
  const reader = await openSqliteClient(url);
  const writer = await openSqliteClient(url).catch((error: unknown) => {
    reader.close();
    throw error;
  });
  const t = sqliteTables as unknown as Tables;
  const config = { logger: beforeStatement !== undefined && { logQuery: beforeStatement } };
  const read: Scope = { dialect: "sqlite", q: drizzle(reader, config) as unknown as Queries, t };
  const writeDb = drizzle(writer, config);
  // SQLite has one writer. Writes of this process queue here, so only other processes cause SQLITE_BUSY.
  let last: Promise<unknown> = Promise.resolve();
  return {
    dialect: "sqlite",
    url,
    read,
    write(work) {
      const attempt = () =>
        withAfterCommit((afterCommit) =>
          writeDb.transaction((tx) =>
            work({
              dialect: "sqlite",
              q: tx as unknown as Queries,
              t,
              writing: true,
              execute: async (statement) => void (await tx.run(statement)),
              afterCommit,
            }),
          ),
        );
      const run = () => retryBusy(attempt, () => replaceConnection(writer));
      const result = last.then(run, run);
      last = result;
      return result;
    },
    async snapshot(work) {
      const client = await openSqliteClient(url);
      try {
        const reading = await client.transaction("read");
        try {
          // A transaction runs statements as a client does.
          return await work({ ...read, q: drizzle(reading as unknown as Client) as unknown as Queries });
        } finally {
          reading.close();
        }
      } finally {
        client.close();
      }
    },
    async close() {
      await last.catch(() => {});
      reader.close();
      writer.close();
    },
  };
}

async function openPostgres(url: string, options: OpenOptions): Promise<Db> {
  const [{ drizzle }, { withTimeouts, hasTimeouts, withLocalTimeouts, BEGIN_WITH_TIMEOUTS, LOCAL_TIMEOUTS }] =
    await Promise.all([import("drizzle-orm/node-postgres"), import("./connect.ts")]);
  const { pool, isTimed } = await withTimeouts(url, async (config) => {
    const pool = await openPool({ ...config, max: options.poolSize ?? 10 });
    try {
      return { pool, isTimed: await hasTimeouts(pool) };
    } catch (error) {
      await pool.end();
      throw error;
    }
  });
  const t: Tables = postgresTables;
  const db = drizzle(isTimed ? pool : (withLocalTimeouts(pool) as unknown as pg.Pool));
  return {
    dialect: "postgres",
    url,
    read: { dialect: "postgres", q: db, t },
    async write(work) {
      // Acquired and released here, because Drizzle never releases the connection if its `begin` fails.
      const client = await pool.connect();
      try {
        // Drizzle's own `begin` then has no effect, and its `commit` ends this transaction.
        if (!isTimed) await client.query(BEGIN_WITH_TIMEOUTS);
        return await withAfterCommit((afterCommit) =>
          drizzle(client).transaction(async (tx) => {
            const startedAt = performance.now();
            const execute = async (statement: SQL) => void (await tx.execute(statement));
            const result = await work({ dialect: "postgres", q: tx, t, writing: true, execute, afterCommit });
            // Readers of the change feed give up on uncommitted sequence numbers (`engine/feed/change-feed.ts`).
            if (performance.now() - startedAt > MAX_WRITE_MS) throw new Error("a transaction took too long");
            return result;
          }),
        );
      } finally {
        client.release();
      }
    },
    async snapshot(work) {
      const client = await pool.connect();
      try {
        await client.query("begin isolation level repeatable read read only");
        if (!isTimed) await client.query(LOCAL_TIMEOUTS);
        const result = await work({ dialect: "postgres", q: drizzle(client), t });
        await client.query("commit");
        return result;
      } catch (error) {
        await client.query("rollback").catch(() => {});
        throw error;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

/** Collects the callbacks of a transaction and calls them after its commit. */
async function withAfterCommit<T>(run: (afterCommit: Tx["afterCommit"]) => Promise<T>): Promise<T> {
  const waiting: (() => void)[] = [];
  const result = await run((work) => void waiting.push(work));
  for (const work of waiting) work();
  return result;
}

async function openPool(config: pg.PoolConfig): Promise<pg.Pool> {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool(config);
  // The pool replaces broken idle connections. Without a listener, their errors would end the process.
  pool.on("error", () => {});
  // The same for connections that break within a transaction. Their next statement fails.
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    await pool.query("select 1");
    return pool;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** The mode bits of other users. */
const OTHERS = 0o007;

/**
 * Removes the access of other users to a SQLite database, which earlier versions created readable for everyone. SQLite
 * gives its journal files the mode of the database. Files of other owners are left unchanged; `doctor` lists them.
 */
function closeToOthers(databasePath: string): void {
  for (const path of [databasePath, `${databasePath}-wal`, `${databasePath}-shm`]) {
    const found = statSync(/*turbopackIgnore: true*/ path, { throwIfNoEntry: false });
    if (!found?.isFile() || (found.mode & OTHERS) === 0) continue;
    try {
      chmodSync(/*turbopackIgnore: true*/ path, found.mode & 0o770);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EPERM")) throw error;
    }
  }
}
