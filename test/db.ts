import { randomBytes } from "node:crypto";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";
import { type Db, type DialectName, openDb } from "#db/open.ts";
import { adminQuery, withDatabase } from "./postgres.ts";

/** The database that this run of the tests is on. */
export const testDialect = (): DialectName =>
  process.env.TEST_DIALECT === "postgres" ? "postgres" : "sqlite";

const opened: Db[] = [];

/**
 * A fresh database with the newest schema and nothing in it. It is closed by itself: opened in a test, at
 * the test's end; opened in `beforeAll`, at the file's end.
 */
export async function openTestDb(): Promise<Db> {
  const db = await openDb(await makeTestDatabase(), { poolSize: 5 });
  opened.push(db);
  return db;
}

/** The address of such a database, for a process that opens it itself. */
export async function makeTestDatabase(dialect = testDialect()): Promise<string> {
  const name = `latchkey_test_${randomBytes(8).toString("hex")}`;
  if (dialect === "sqlite") {
    const folder = inject("sqliteFolder");
    const path = join(folder, `${name}.db`);
    await copyFile(join(folder, "template.db"), path);
    return `file:${path}`;
  }
  const server = inject("postgresUrl");
  await adminQuery(server, `create database ${name} template ${inject("postgresTemplate")}`);
  return withDatabase(server, name);
}

/** The address of a database without any tables, for the tests of migrations. */
export async function makeEmptyDatabase(): Promise<string> {
  const name = `latchkey_empty_${randomBytes(8).toString("hex")}`;
  if (testDialect() === "sqlite") return `file:${join(inject("sqliteFolder"), `${name}.db`)}`;
  const server = inject("postgresUrl");
  await adminQuery(server, `create database ${name}`);
  return withDatabase(server, name);
}

/** How many databases are open; `closeFrom` closes those that were opened since. For `setup.ts`. */
export const openCount = () => opened.length;

export async function closeFrom(count: number): Promise<void> {
  await Promise.all(opened.splice(count).map((db) => db.close()));
}
