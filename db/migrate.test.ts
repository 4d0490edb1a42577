import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { makeEmptyDatabase, testDialect } from "#test/db.ts";
import { migrateDb } from "./migrate.ts";
import { openSqliteClient } from "./open.ts";
import { pendingMigrations } from "./pending.ts";

interface Journal {
  entries: unknown[];
}
const journalOf = (folder: string) => `${folder}/${testDialect()}/meta/_journal.json`;
const readJournal = (folder: string): Journal => JSON.parse(readFileSync(journalOf(folder), "utf8"));
const MIGRATIONS = join(import.meta.dirname, "migrations");
const versions = readJournal(MIGRATIONS).entries.length;

test("an empty database becomes current, and migrating again changes nothing", async () => {
  const url = await makeEmptyDatabase();
  expect(await pendingMigrations(url)).toBe(versions);
  await migrateDb(url);
  const tables = await describeTables(url);
  expect(tables.length).toBeGreaterThan(100);
  expect(await pendingMigrations(url)).toBe(0);
  await migrateDb(url);
  expect(await describeTables(url)).toEqual(tables);
});

test("processes that start at once migrate one after the other", async () => {
  const url = await makeEmptyDatabase();
  // SQLite is migrated by the one process that starts the others; Postgres by whoever comes first.
  const starts = testDialect() === "postgres" ? 3 : 1;
  await Promise.all(Array.from({ length: starts }, () => migrateDb(url)));
  expect(await pendingMigrations(url)).toBe(0);
});

test.each(Array.from({ length: versions }, (_, done) => done))(
  "a database with the first %i migrations ends with the same tables as a new one",
  async (done) => {
    const fresh = await makeEmptyDatabase();
    await migrateDb(fresh);
    const older = await makeEmptyDatabase();
    const folder = firstMigrations(done);
    try {
      await migrateDb(older, folder);
      expect(await pendingMigrations(older)).toBe(versions - done);
      await migrateDb(older);
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(await describeTables(older)).toEqual(await describeTables(fresh));
  },
);

/** A copy of the migrations that ends after the first `count`. */
function firstMigrations(count: number): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-older-"));
  cpSync(MIGRATIONS, folder, { recursive: true });
  const journal = readJournal(folder);
  writeFileSync(journalOf(folder), JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  return folder;
}

/** Every column of ours as `table.column type nullable`, sorted. */
async function describeTables(url: string): Promise<string[]> {
  if (testDialect() === "sqlite") {
    const client = await openSqliteClient(url);
    const { rows } = await client.execute(
      `select m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk as line
       from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' order by 1`,
    );
    client.close();
    return rows.map((row) => String(row.line));
  }
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ line: string }>(
    `select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable as line
     from information_schema.columns where table_schema = 'public' order by 1`,
  );
  await client.end();
  return rows.map((row) => row.line);
}
