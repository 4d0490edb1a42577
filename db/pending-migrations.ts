import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { retryBusy } from "./retry-busy.ts";

/** Where the migrations are, in one folder per dialect. */
export const MIGRATIONS = fileURLToPath(new URL("./migrations/", import.meta.url));

/** The last commit whose migrations lead to the schema of `0000_init`. */
export const LAST_PRE_RELEASE_COMMIT = "64b26a45c96407b5f05a655779d59449ccf4b35a";

/** The schema of the database differs from what this version needs. */
export class SchemaError extends Error {}

/** The database lacks migrations that were squashed into `0000_init` before the first release. */
export class PreReleaseDatabaseError extends SchemaError {
  constructor() {
    super(
      "this database is older than Latchkey's first release, and this version can't upgrade it. Back it up, check " +
        `out commit ${LAST_PRE_RELEASE_COMMIT.slice(0, 12)}, the last that can upgrade it, and run there: npm ci && ` +
        "npm run -s latchkey -- migrate. Then start this version again.",
    );
  }
}

/**
 * How many migrations the database at `url` still lacks; 0 when it is current. Changes nothing.
 * Throws `PreReleaseDatabaseError` for a database that these migrations can't upgrade.
 */
export async function pendingMigrations(url: string, folder = MIGRATIONS): Promise<number> {
  const appliedUpTo = await lastApplied(url);
  const times = journalTimes(url, folder);
  // `0000_init` has the time of the last migration that it replaces: a database with all of those is current.
  if (appliedUpTo > 0 && appliedUpTo < Math.min(...times)) throw new PreReleaseDatabaseError();
  return times.filter((when) => when > appliedUpTo).length;
}

/** Whether the database at `url` has a schema of any version. Changes nothing. */
export async function hasSchema(url: string): Promise<boolean> {
  return (await lastApplied(url)) > 0;
}

/** When the last applied migration was generated; 0 for a database without any. Loads only the driver that is used. */
const lastApplied = (url: string) =>
  // A file is locked, also for readers, while another process recovers it after a crash.
  isFile(url) ? retryBusy(() => lastOfFile(url)) : lastOfServer(url);

const isFile = (url: string) => url.startsWith("file:");

/** Whether a later version has migrated the database at `url`. Processes of this version still work on it. */
export async function isSchemaNewer(url: string, folder = MIGRATIONS): Promise<boolean> {
  return (await lastApplied(url)) > Math.max(...journalTimes(url, folder));
}

/** Throws if the database at `url` lacks migrations: a process must not work on a schema older than its own. */
export async function requireCurrentSchema(url: string): Promise<void> {
  if ((await pendingMigrations(url)) > 0) {
    throw new SchemaError("the database is not up to date; run: npm run -s latchkey -- migrate");
  }
}

/** When each migration was generated (epoch milliseconds), which Drizzle's migrator compares too. */
function journalTimes(url: string, folder: string): number[] {
  const dialect = isFile(url) ? "sqlite" : "postgres";
  const journal: { entries: { when: number }[] } = JSON.parse(
    readFileSync(`${folder}/${dialect}/meta/_journal.json`, "utf8"),
  );
  return journal.entries.map((entry) => entry.when);
}

async function lastOfFile(url: string): Promise<number> {
  if (!existsSync(url.slice("file:".length))) return 0;
  const { createClient } = await import("@libsql/client/sqlite3");
  const client = createClient({ url });
  try {
    const found = await client.execute("select 1 from sqlite_master where name = '__drizzle_migrations'");
    if (found.rows.length === 0) return 0;
    const { rows } = await client.execute("select max(created_at) as last from __drizzle_migrations");
    return Number(rows[0]?.last ?? 0);
  } finally {
    client.close();
  }
}

async function lastOfServer(url: string): Promise<number> {
  const { connectClient } = await import("./connect.ts");
  const client = await connectClient(url);
  try {
    const found = await client.query("select to_regclass('drizzle.__drizzle_migrations') as name");
    if (found.rows[0]?.name === null) return 0;
    const { rows } = await client.query("select max(created_at) as last from drizzle.__drizzle_migrations");
    return Number(rows[0]?.last ?? 0);
  } finally {
    await client.end();
  }
}
