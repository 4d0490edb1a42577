import type { Client } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql/sqlite3";
import { SQLitePreparedQuery } from "drizzle-orm/sqlite-core";
import { withAfterCommit } from "./after-commit.ts";
import type { Db, OpenOptions, Queries, Scope } from "./database.ts";
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
  const writeDb = drizzle(writer, config);
  // SQLite has one writer. Writes of this process queue here, so only other processes cause SQLITE_BUSY.
  let last: Promise<unknown> = Promise.resolve();
  let hasPragmas = true;
  /**
   * A statement that failed with SQLITE_BUSY is only reset when it is garbage-collected. Until then its connection reads
   * an old snapshot, from which SQLite allows no writes. Only a new connection is certain to work.
   */
  const replaceWriter = async () => {
    hasPragmas = false;
    await writer.reconnect();
    await setPragmas(writer);
    hasPragmas = true;
  };
  return {
    dialect: "sqlite",
    url,
    read,
    write(work) {
      const attempt = async () => {
        // The last replacement failed, for example because the disk was full. Its connection has SQLite's defaults.
        if (!hasPragmas) await replaceWriter();
        return withAfterCommit((afterCommit) =>
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
      };
      const run = () => retryBusy(attempt, replaceWriter);
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
