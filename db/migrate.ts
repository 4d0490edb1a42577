import { migrate as migrateSqlite } from "drizzle-orm/libsql/migrator";
import { drizzle as drizzleSqlite } from "drizzle-orm/libsql/sqlite3";
import { drizzle as drizzlePostgres } from "drizzle-orm/node-postgres";
import { migrate as migratePostgres } from "drizzle-orm/node-postgres/migrator";
import { connectClient } from "./connect.ts";
import { openSqliteClient } from "./open.ts";
import { MIGRATIONS, pendingMigrations } from "./pending-migrations.ts";

/** An arbitrary number that nothing else locks. Processes that start at once migrate one after the other. */
const MIGRATION_LOCK = 5_278_114;

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
    // The lock belongs to the transaction, because a pooler may give each transaction another session. Drizzle's own
    // `begin` then has no effect, and its `commit` ends this transaction.
    await client.query("begin; set local statement_timeout = 0");
    await client.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await migratePostgres(drizzlePostgres(client), { migrationsFolder: `${folder}/postgres` });
  } finally {
    await client.end();
  }
}
