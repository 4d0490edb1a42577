import { fileURLToPath } from "node:url";
import { drizzle as drizzleSqlite } from "drizzle-orm/libsql";
import { migrate as migrateSqlite } from "drizzle-orm/libsql/migrator";
import { drizzle as drizzlePostgres } from "drizzle-orm/node-postgres";
import { migrate as migratePostgres } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { openSqliteClient, postgresConnection } from "./open.ts";

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
  const client = new pg.Client({ ...postgresConnection(url), statement_timeout: 0, query_timeout: 0 });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await migratePostgres(drizzlePostgres(client), { migrationsFolder: `${folder}/postgres` });
  } finally {
    await client.end();
  }
}
