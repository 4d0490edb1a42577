import { setTimeout as sleep } from "node:timers/promises";
import { migrate as migrateSqlite } from "drizzle-orm/libsql/migrator";
import { drizzle as drizzleSqlite } from "drizzle-orm/libsql/sqlite3";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import type pg from "pg";
import { ADVISORY_LOCKS } from "./advisory-locks.ts";
import { connectClient } from "./connect.ts";
import { isLockTimeout } from "./errors.ts";
import { describeLockHolder, lockHoldersDuring } from "./lock-holders.ts";
import { MIGRATIONS, pendingMigrations } from "./pending-migrations.ts";
import { retryBusy } from "./retry-busy.ts";
import { openSqliteClient } from "./sqlite-client.ts";

/**
 * How long a migration waits for a table that a long transaction reads, such as a backup: everything that uses the table
 * waits behind it. Then it lets others pass, and tries again after the pause.
 */
const LOCK_TIMEOUT = "500ms";
const PAUSE_MS = 2_000;
/** While the same sessions block a migration, they are reported this often. */
const REPORT_EVERY_MS = 30_000;

/** Where Drizzle's migrator records what is applied. */
const RECORDS = `create schema if not exists drizzle;
  create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`;

interface MigrateOptions {
  /** Tests pass a folder with fewer migrations to create an older database. */
  folder?: string;
  /** Gets a line when a migration has to wait, with what it waits for, and when it is applied after that. */
  report?: (line: string) => void;
}

/**
 * Upgrades the database at `url` to the newest schema. Throws `PreReleaseDatabaseError`, before any change, if it
 * can't be upgraded.
 */
export async function migrateDb(
  url: string,
  { folder = MIGRATIONS, report = () => {} }: MigrateOptions = {},
): Promise<void> {
  await pendingMigrations(url, folder);
  return url.startsWith("file:")
    ? retryBusy(() => migrateFile(url, folder))
    : migrateServer(url, folder, report);
}

/** All in one transaction, which is repeated if another process is writing. */
async function migrateFile(url: string, folder: string): Promise<void> {
  const client = await openSqliteClient(url);
  try {
    await migrateSqlite(drizzleSqlite(client), { migrationsFolder: `${folder}/sqlite` });
  } finally {
    client.close();
  }
}

async function migrateServer(url: string, folder: string, report: (line: string) => void): Promise<void> {
  const client = await connectClient(url, { query_timeout: 0 });
  let isReported = false;
  const onOtherProcess = () => {
    if (!isReported) report("another process migrates the database; waiting until it has finished");
    isReported = true;
  };
  try {
    const migrations = readMigrationFiles({ migrationsFolder: `${folder}/postgres` });
    for (const [at, migration] of migrations.entries()) {
      if (await tryToApply(client, migration, { onOtherProcess })) continue;
      const name = `migration ${at + 1} of ${migrations.length}`;
      // Without another connection, only what it waits for stays unknown.
      const observer = await connectClient(url).catch(() => null);
      try {
        const reportIt = (text: string) => report(`${name} ${text}`);
        await applyWhenFree(client, migration, { onOtherProcess, observer, report: reportIt });
      } finally {
        await observer?.end();
      }
    }
  } finally {
    await client.end();
  }
}

interface MigrationEvents {
  /** Another process migrates this database, and the transaction waits for it. */
  onOtherProcess: () => void;
  /** The process id of the transaction's session, before it waits for any table. */
  onStart?: (pid: number) => void;
}

interface Waiting extends MigrationEvents {
  /** Another connection, which sees what this one waits for. */
  observer: pg.Client | null;
  report: (text: string) => void;
}

/** Tries until the tables are free. Reports which sessions use them. */
async function applyWhenFree(
  client: pg.Client,
  migration: MigrationMeta,
  { observer, report, ...events }: Waiting,
): Promise<void> {
  const startedAt = performance.now();
  let last = { sessions: "", at: Number.NEGATIVE_INFINITY };
  for (;;) {
    await sleep(PAUSE_MS);
    const session = { pid: 0 };
    const onStart = (pid: number) => {
      session.pid = pid;
    };
    const attempt = tryToApply(client, migration, { ...events, onStart });
    const holders = observer === null ? [] : await lockHoldersDuring(attempt, observer, session);
    if (await attempt) {
      report(`is applied after ${Math.round((performance.now() - startedAt) / 1_000)} s`);
      return;
    }
    const sessions = holders.map((holder) => holder.pid).join();
    const now = performance.now();
    if (sessions === last.sessions && now - last.at < REPORT_EVERY_MS) continue;
    last = { sessions, at: now };
    const who = holders.length > 0 ? holders.map(describeLockHolder).join(", ") : "another session";
    report(`waits for a table that is used by ${who}; trying again every ${PAUSE_MS / 1_000} s`);
  }
}

/**
 * Applies a migration unless it is applied. False if a table is in use. Each has its own transaction, so that a column
 * that is added does not lock its table, also for readers, while a later migration builds an index.
 */
async function tryToApply(
  client: pg.Client,
  { sql, hash, folderMillis }: MigrationMeta,
  { onOtherProcess, onStart }: MigrationEvents,
): Promise<boolean> {
  try {
    // The lock belongs to the transaction, because a pooler may give each transaction another session.
    await client.query("begin; set local statement_timeout = 0");
    const { rows: found } = await client.query(
      "select pg_try_advisory_xact_lock($1) as locked, pg_backend_pid() as pid",
      [ADVISORY_LOCKS.migrations],
    );
    if (!found[0]?.locked) {
      onOtherProcess();
      await client.query("select pg_advisory_xact_lock($1)", [ADVISORY_LOCKS.migrations]);
    }
    onStart?.(Number(found[0]?.pid));
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
