import { randomBytes } from "node:crypto";
import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";
import { type Db, type DialectName, openDb } from "#db/open.ts";
import { createDatabase } from "./database-reuse.ts";
import { adminQuery, withDatabase } from "./postgres.ts";
import { ReusedDatabases } from "./reused-databases.ts";

/** The database of this test run. */
export const testDialect = (): DialectName =>
  process.env.TEST_DIALECT === "postgres" ? "postgres" : "sqlite";

/** Functions that close the open databases. */
const opened: (() => Promise<void>)[] = [];
let reused: ReusedDatabases | undefined;

/**
 * Opens an empty, migrated database. It is closed automatically at the end of the test, or of the file if it was
 * opened in `beforeAll`.
 */
export async function openTestDb(): Promise<Db> {
  if (testDialect() === "postgres") {
    reused ??= new ReusedDatabases(inject("postgres"));
    const db = await reused.open();
    opened.push(db.close);
    return db;
  }
  const url = await makeTestDatabase();
  const db = await openDb(url);
  opened.push(async () => {
    await db.close();
    const path = url.slice("file:".length);
    await Promise.all(["", "-wal", "-shm"].map((suffix) => rm(path + suffix, { force: true })));
  });
  return db;
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

/** Closes all databases, also those that wait for the next test. For `setup.ts`. */
export async function closeAll(): Promise<void> {
  await closeFrom(0);
  await reused?.release();
}
