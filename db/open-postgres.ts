import type { SQL } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { PgPreparedQuery } from "drizzle-orm/pg-core";
import pg from "pg";
import { withAfterCommit } from "./after-commit.ts";
import {
  BEGIN_WITH_TIMEOUTS,
  hasTimeouts,
  LOCAL_TIMEOUTS,
  withLocalTimeouts,
  withTimeouts,
} from "./connect.ts";
import type { Db, OpenOptions } from "./database.ts";
import { hideValuesOf } from "./query-errors.ts";
import * as postgresTables from "./schema.postgres.ts";
import type { Tables } from "./schema.ts";

hideValuesOf(PgPreparedQuery);

/** Longer transactions are rolled back. */
const MAX_WRITE_MS = 240_000;

/** Opens `postgres://…`: a pool of connections. */
export async function openPostgres(url: string, options: OpenOptions): Promise<Db> {
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

async function openPool(config: pg.PoolConfig): Promise<pg.Pool> {
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
