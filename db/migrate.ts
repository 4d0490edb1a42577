import { fileURLToPath } from "node:url";
import { migrate as migrateSqlite } from "drizzle-orm/libsql/migrator";
import { drizzle as drizzleSqlite } from "drizzle-orm/libsql/sqlite3";
import { drizzle as drizzlePostgres } from "drizzle-orm/node-postgres";
import { migrate as migratePostgres } from "drizzle-orm/node-postgres/migrator";
import { connectClient } from "./connect.ts";
import { openSqliteClient } from "./open.ts";

const MIGRATIONS = fileURLToPath(new URL("./migrations/", import.meta.url));
/** Any number that nothing else locks: processes that start at once migrate one after the other. */
const MIGRATION_LOCK = 5_278_114;

/** Brings the database at `url` to the newest schema; `folder` is the tests' way to an older one. */
export async function migrateDb(url: string, folder = MIGRATIONS): Promise<void> {
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
    // A pooler may give each transaction another session, so the lock is one of a transaction. Drizzle's own
    // `begin` changes nothing then, and its `commit` ends this.
    await client.query("begin; set local statement_timeout = 0");
    await client.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await migratePostgres(drizzlePostgres(client), { migrationsFolder: `${folder}/postgres` });
  } finally {
    await client.end();
  }
}
