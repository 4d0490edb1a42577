import { randomBytes } from "node:crypto";
import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { inject } from "vitest";
import { type Db, type DialectName, openDb } from "#db/open.ts";
import { contentsOf, createDatabase } from "./database-reuse.ts";
import { adminQuery, withDatabase } from "./postgres.ts";
import { ReusedDatabases, readerUrlOf } from "./reused-databases.ts";
import { runStatement } from "./run-statement.ts";

/** The database of this test run. */
export const testDialect = (): DialectName =>
  process.env.TEST_DIALECT === "postgres" ? "postgres" : "sqlite";

/** Functions that close the open databases. */
const opened: (() => Promise<void>)[] = [];
/** Of this process: files of a project share modules. */
let reused: ReusedDatabases | undefined;

/**
 * Opens a migrated database, empty unless it gets the contents of another. It is closed automatically at the end of the
 * test, or of the file if it was opened in `beforeAll`.
 */
export async function openTestDb(contents?: string): Promise<Db> {
  if (testDialect() === "postgres") {
    reused ??= new ReusedDatabases(inject("postgres"));
    const db = await reused.open();
    opened.push(db.close);
    if (contents !== undefined) await db.write((tx) => tx.execute(sql.raw(contents)));
    return db;
  }
  const url = await copyTemplate(contents);
  const db = await openDb(url);
  opened.push(async () => {
    await db.close();
    const path = url.slice("file:".length);
    await Promise.all(["", "-wal", "-shm"].map((suffix) => rm(path + suffix, { force: true })));
  });
  return db;
}

/**
 * Returns a function that opens a new database with the same fixture each time. Its rows are created once and copied
 * afterwards: creating them by verbs takes many times as long, above all on Postgres. `moveTo` returns the fixture with
 * another database.
 */
export function fixtureForEach<Fixture>(
  create: (db: Db) => Promise<Fixture>,
  moveTo: (fixture: Fixture, db: Db) => Fixture,
): () => Promise<Fixture> {
  let created: Promise<{ fixture: Fixture; contents: string }> | undefined;
  const createOnce = async () => {
    const db = await openTestDb();
    const fixture = await create(db);
    if (testDialect() === "postgres") return { fixture, contents: await contentsOf(readerUrlOf(db)) };
    const contents = join(inject("sqliteFolder"), `fixture_${randomBytes(8).toString("hex")}.db`);
    await runStatement(db.url, `vacuum into '${contents}'`);
    return { fixture, contents };
  };
  return async () => {
    created ??= createOnce();
    created.catch(() => {
      created = undefined;
    });
    const { fixture, contents } = await created;
    return moveTo(fixture, await openTestDb(contents));
  };
}

/** The URL of an empty, migrated database, for a process that opens it. */
export async function makeTestDatabase(dialect = testDialect()): Promise<string> {
  return dialect === "postgres" ? createDatabase(inject("postgres")) : copyTemplate();
}

/** The URL of a copy, by default of the empty, migrated database. */
async function copyTemplate(template?: string): Promise<string> {
  const folder = inject("sqliteFolder");
  const path = join(folder, `latchkey_test_${randomBytes(8).toString("hex")}.db`);
  await copyFile(template ?? join(folder, "template.db"), path);
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
