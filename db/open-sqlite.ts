import type { Client } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql/sqlite3";
import { SQLitePreparedQuery } from "drizzle-orm/sqlite-core";
import { withAfterCommit } from "./after-commit.ts";
import type { Db, OpenOptions, Queries, Scope, Tx } from "./database.ts";
import { hideValuesOf } from "./query-errors.ts";
import { retryBusy } from "./retry-busy.ts";
import * as sqliteTables from "./schema.sqlite.ts";
import type { Tables } from "./schema.ts";
import { openSqliteClient, setPragmas } from "./sqlite-client.ts";

hideValuesOf(SQLitePreparedQuery);

/** Opens `file:…`: a connection for reading and another for writing. */
export async function openSqlite(url: string, { beforeStatement }: OpenOptions): Promise<Db> {
  const reader = await openSqliteClient(url);
  const writer = await openSqliteClient(url).catch((error: unknown) => {
    reader.close();
    throw error;
  });
  const t = sqliteTables as unknown as Tables;
  const config = { logger: beforeStatement !== undefined && { logQuery: beforeStatement } };
  const read: Scope = { dialect: "sqlite", q: drizzle(reader, config) as unknown as Queries, t };
  const queue = new WriteQueue(writer, drizzle(writer, config), t);
  return {
    dialect: "sqlite",
    url,
    read,
    write: (work) => queue.run(work),
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
      await queue.settled();
      reader.close();
      writer.close();
    },
  };
}

/** SQLite has one writer. Writes of this process queue here, so only other processes cause SQLITE_BUSY. */
class WriteQueue {
  readonly #writer: Client;
  readonly #db: ReturnType<typeof drizzle>;
  readonly #tables: Tables;
  #last: Promise<unknown> = Promise.resolve();
  #hasPragmas = true;

  constructor(writer: Client, db: ReturnType<typeof drizzle>, tables: Tables) {
    this.#writer = writer;
    this.#db = db;
    this.#tables = tables;
  }

  /** Runs `work` in a transaction once those before it have ended. */
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const start = () =>
      retryBusy(
        () => this.#attempt(work),
        () => this.#replaceWriter(),
      );
    const result = this.#last.then(start, start);
    this.#last = result;
    return result;
  }

  /** Resolves when the last transaction has ended, however it did. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#last]);
  }

  async #attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    // The last replacement failed, for example because the disk was full. Its connection has SQLite's defaults.
    if (!this.#hasPragmas) await this.#replaceWriter();
    return withAfterCommit((afterCommit) =>
      this.#db.transaction((tx) =>
        work({
          dialect: "sqlite",
          q: tx as unknown as Queries,
          t: this.#tables,
          writing: true,
          execute: async (statement) => void (await tx.run(statement)),
          afterCommit,
        }),
      ),
    );
  }

  /**
   * A statement that failed with SQLITE_BUSY is only reset when it is garbage-collected. Until then its connection reads
   * an old snapshot, from which SQLite allows no writes. Only a new connection is certain to work.
   */
  async #replaceWriter(): Promise<void> {
    this.#hasPragmas = false;
    await this.#writer.reconnect();
    await setPragmas(this.#writer);
    this.#hasPragmas = true;
  }
}
