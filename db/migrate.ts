import { setTimeout as sleep } from "node:timers/promises";
import { migrate as migrateSqlite } from "drizzle-orm/libsql/migrator";
import { drizzle as drizzleSqlite } from "drizzle-orm/libsql/sqlite3";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import type pg from "pg";
import { connectClient } from "./connect.ts";
import { isLockTimeout } from "./errors.ts";
import { openSqliteClient } from "./open.ts";
import { MIGRATIONS, pendingMigrations } from "./pending-migrations.ts";

/** An arbitrary number that nothing else locks. Processes that start at once migrate one after the other. */
const MIGRATION_LOCK = 5_278_114;
/**
 * How long a migration waits for a table that a long transaction reads, such as a backup: everything that uses the table
 * waits behind it. Then it lets others pass, and tries again after the pause.
 */
const LOCK_TIMEOUT = "500ms";
const PAUSE_MS = 2_000;

/** Where Drizzle's migrator records what is applied. */
const RECORDS = `create schema if not exists drizzle;
  create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;

/**
 * Upgrades the database at `url` to the newest schema. Throws `PreReleaseDatabaseError`, before any change, if it
 * can't be upgraded. Tests pass a `folder` with fewer migrations to create an older database.
 */
export async function migrateDb(url: string, folder = MIGRATIONS): Promise<void> {
  await pendingMigrations(url, folder);
  return url.startsWith("file:") ? migrateFile(url, folder) : migrateServer(url, folder);
}

async function migrateFile(url: string, folder: string): Promise<void> {
  const client = await openSqliteClient(url);
  try {
    await migrateSqlite(drizzleSqlite(client), { migrationsFolder: `${folder}/sqlite` });
  } finally {
    client.close();
  }
}

async function migrateServer(url: string, folder: string): Promise<void> {
  const client = await connectClient(url, { query_timeout: 0 });
  try {
    for (const migration of readMigrationFiles({ migrationsFolder: `${folder}/postgres` })) {
      while (!(await tryToApply(client, migration))) await sleep(PAUSE_MS);
    }
  } finally {
    await client.end();
  }
}

/**
 * Applies a migration unless it is applied. False if a table is in use. Each has its own transaction, so that a column
 * that is added does not lock its table, also for readers, while a later migration builds an index.
 */
async function tryToApply(client: pg.Client, { sql, hash, folderMillis }: MigrationMeta): Promise<boolean> {
  try {
    // The lock belongs to the transaction, because a pooler may give each transaction another session.
    await client.query("begin; set local statement_timeout = 0");
    await client.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'; ${RECORDS}`);
    const { rows } = await client.query("select max(created_at) as last from drizzle.__drizzle_migrations");
    if (Number(rows[0]?.last ?? 0) < folderMillis) {
      for (const statement of sql) await client.query(statement);
      await client.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)", [
        hash,
        folderMillis,
      ]);
    }
    await client.query("commit");
    return true;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    if (isLockTimeout(error)) return false;
    throw error;
  }
}
