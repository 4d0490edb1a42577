import { randomBytes } from "node:crypto";
import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";
import { type Db, type DialectName, openDb } from "#db/open.ts";
import { createDatabase, giveBackDatabase, takeDatabase } from "./database-reuse.ts";
import { adminQuery, withDatabase } from "./postgres.ts";

/** The database of this test run. */
export const testDialect = (): DialectName =>
  process.env.TEST_DIALECT === "postgres" ? "postgres" : "sqlite";

/** Functions that close the open databases. */
const opened: (() => Promise<void>)[] = [];

/**
 * Opens an empty, migrated database. It is closed automatically at the end of the test, or of the file if it was
 * opened in `beforeAll`.
 */
export async function openTestDb(): Promise<Db> {
  if (testDialect() === "postgres") return openReusedDb();
  const url = await makeTestDatabase();
  const db = await openDb(url);
  opened.push(async () => {
    await db.close();
    const path = url.slice("file:".length);
    await Promise.all(["", "-wal", "-shm"].map((suffix) => rm(path + suffix, { force: true })));
  });
  return db;
}

async function openReusedDb(): Promise<Db> {
  const pool = inject("postgres");
  const url = await takeDatabase(pool);
  const db = await openDb(url, { poolSize: 5 });
  // A test that reads the URL may connect in other ways, so its database is not reused.
  let urlWasRead = false;
  opened.push(async () => {
    await db.close();
    if (!urlWasRead) await giveBackDatabase(pool, url);
  });
  return {
    ...db,
    get url() {
      urlWasRead = true;
      return url;
    },
  };
}

/** The URL of such a database, for a process that opens it. */
export async function makeTestDatabase(dialect = testDialect()): Promise<string> {
  if (dialect === "postgres") return createDatabase(inject("postgres"));
  const folder = inject("sqliteFolder");
  const path = join(folder, `latchkey_test_${randomBytes(8).toString("hex")}.db`);
  await copyFile(join(folder, "template.db"), path);
  return `file:${path}`;
}

/** The URL of a database without tables, for the tests of migrations. */
export async function makeEmptyDatabase(): Promise<string> {
  const name = `latchkey_empty_${randomBytes(8).toString("hex")}`;
  if (testDialect() === "sqlite") return `file:${join(inject("sqliteFolder"), `${name}.db`)}`;
  const { serverUrl: server } = inject("postgres");
  await adminQuery(server, `create database ${name}`);
  return withDatabase(server, name);
}

/** How many databases are open; `closeFrom` closes those that were opened since. For `setup.ts`. */
export const openCount = () => opened.length;

export async function closeFrom(count: number): Promise<void> {
  await Promise.all(opened.splice(count).map((close) => close()));
}
