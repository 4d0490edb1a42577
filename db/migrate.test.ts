import { readFileSync } from "node:fs";
import { createClient } from "@libsql/client/sqlite3";
import { getTableConfig as postgresConfig } from "drizzle-orm/pg-core";
import { type SQLiteTable, getTableConfig as sqliteConfig } from "drizzle-orm/sqlite-core";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { makeEmptyDatabase, makeTestDatabase, testDialect } from "#test/db.ts";
import { columnsOf, describeIndexes, describeTables } from "#test/describe-database.ts";
import { execute, MIGRATIONS, readJournal, VERSIONS, withMigrations } from "#test/migrations.ts";
import { ADVISORY_LOCKS } from "./advisory-locks.ts";
import { migrateDb } from "./migrate.ts";
import { pendingMigrations } from "./pending-migrations.ts";
import * as postgresTables from "./schema.postgres.ts";
import * as sqliteTables from "./schema.sqlite.ts";
import { openSqliteClient } from "./sqlite-client.ts";

const HANDWRITTEN_INDEXES = [
  "search_texts.search_texts_name",
  ...(testDialect() === "postgres" ? ["search_texts.search_texts_trigrams"] : []),
];

/**
 * SQLite drops NOT NULL only by copying the table. No deployment has so many management tokens and webhooks that this takes
 * long, and deliveries are kept for 30 days.
 */
const COPY = /^INSERT INTO `__new_(?:management_tokens|webhooks|deliveries)`/gm;

test("migrations don't write rows, because they lock their tables until all of them are done", () => {
  for (const { tag } of readJournal(MIGRATIONS).entries) {
    const statements = readFileSync(`${MIGRATIONS}/${testDialect()}/${tag}.sql`, "utf8");
    expect(statements.replace(COPY, ""), tag).not.toMatch(/^\s*(insert|update|delete)\b/im);
  }
});

test("an empty database becomes current, and migrating again changes nothing", async () => {
  const url = await makeEmptyDatabase();
  expect(await pendingMigrations(url)).toBe(VERSIONS);
  await migrateDb(url);
  const tables = await describeTables(url);
  expect(tables.length).toBeGreaterThan(100);
  expect(await pendingMigrations(url)).toBe(0);
  await migrateDb(url);
  expect(await describeTables(url)).toEqual(tables);
});

test("processes that start at the same time migrate one after the other", async () => {
  const url = await makeEmptyDatabase();
  // SQLite is migrated by the one process that starts the others, Postgres by the process that comes first.
  const starts = testDialect() === "postgres" ? 3 : 1;
  await Promise.all(Array.from({ length: starts }, () => migrateDb(url)));
  expect(await pendingMigrations(url)).toBe(0);
});

test("the migrations create exactly the tables, columns and indexes of the schema", async () => {
  const url = await makeEmptyDatabase();
  await migrateDb(url);
  expect(await describeTables(url)).toEqual(schemaColumns().sort());
  expect(await describeIndexes(url)).toEqual([...schemaIndexes(), ...HANDWRITTEN_INDEXES].sort());
});

test("entries of the audit log can be sealed once, and neither changed nor deleted", async () => {
  const url = await makeTestDatabase();
  const insert = `insert into audit (id, at, actor_id, actor_name, via, action, subject_id, subject_name)
    values ('aud_1', 1, 'usr_1', 'Ada', 'session', 'key.created', 'key_1', 'checkout')`;
  await execute(url, [insert]);
  const sealed = ["chain", "hash"];
  const columns = columnsOf(await describeTables(url), "audit").filter((name) => !sealed.includes(name));
  expect(columns.length).toBeGreaterThan(10);
  for (const column of columns) {
    const value = column === "before" || column === "after" ? `'{"a":1}'` : "'9'";
    await expect(
      execute(url, [`update audit set chain = 1, hash = 'h', "${column}" = ${value}`]),
      column,
    ).rejects.toThrow(/can't be changed/);
  }
  const removals = ["delete from audit"];
  if (testDialect() === "postgres") removals.push("truncate audit");
  else removals.push(insert.replace("insert into", "replace into"));
  for (const removal of removals) {
    await expect(execute(url, [removal]), removal).rejects.toThrow(/can't be changed/);
  }
  await execute(url, ["update audit set chain = 1, hash = 'h'"]);
  await expect(execute(url, ["update audit set chain = 2, hash = 'h'"])).rejects.toThrow(/can't be changed/);
});

if (testDialect() === "sqlite") {
  /** Long enough for one or two attempts: each blocks this thread for the busy timeout. */
  const letTry = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  };

  test("a database to which another process writes is migrated once that one is done", async () => {
    const url = await makeTestDatabase();
    const folder = withMigrations(["ALTER TABLE keys ADD COLUMN added text"]);
    const other = await openSqliteClient(url);
    const theirs = await other.transaction("write");
    const migrating = migrateDb(url, { folder });
    await letTry();
    expect(await pendingMigrations(url, folder)).toBe(1);
    await theirs.commit();
    other.close();
    await migrating;
    expect(await pendingMigrations(url, folder)).toBe(0);
  });

  test("a file that is locked for readers too, as after a crash, can be looked at once it is free", async () => {
    const url = await makeTestDatabase();
    // Without a write-ahead log, so that an exclusive lock also excludes readers.
    const other = createClient({ url, concurrency: 1 });
    const theirs = await other.transaction("write");
    await theirs.executeMultiple("rollback; begin exclusive");
    const pending = pendingMigrations(url);
    await letTry();
    theirs.close();
    expect(await pending).toBe(0);
    other.close();
  });
}

// SQLite has one writer, which readers don't wait for.
if (testDialect() === "postgres") {
  test("a table can be read while a migration waits for it, and while a later migration runs", async () => {
    const url = await makeTestDatabase();
    const folder = withMigrations(["ALTER TABLE keys ADD COLUMN added text", "LOCK TABLE projects"]);
    const connect = async () => {
      const client = new pg.Client({ connectionString: url, statement_timeout: 5_000 });
      await client.connect();
      onTestFinished(() => client.end());
      return client;
    };
    const [report, other, reader] = [await connect(), await connect(), await connect()];
    await report.query("begin; select id from keys");
    await other.query("begin; lock table projects");
    const migrating = migrateDb(url, { folder });
    const readsEnd = performance.now() + 1_500;
    while (performance.now() < readsEnd) await reader.query("select id from keys");
    expect(await pendingMigrations(url, folder)).toBe(2);
    await report.query("commit");
    await expect.poll(() => pendingMigrations(url, folder), { timeout: 10_000 }).toBe(1);
    await reader.query("select added from keys");
    await other.query("commit");
    await migrating;
    expect(await pendingMigrations(url, folder)).toBe(0);
  });

  test("a migration that waits reports which sessions use its table, without their queries, and when it is applied", async () => {
    const url = await makeTestDatabase();
    const folder = withMigrations(["ALTER TABLE keys ADD COLUMN added text"]);
    const reader = new pg.Client({ connectionString: url, application_name: "nightly report" });
    await reader.connect();
    onTestFinished(() => reader.end());
    const { rows } = await reader.query("select pg_backend_pid() as pid");
    await reader.query("begin");
    await reader.query("select id from keys where name = 'confidential'");
    const lines: string[] = [];
    const migrating = migrateDb(url, { folder, report: (line) => lines.push(line) });
    await expect.poll(() => lines, { timeout: 10_000 }).toHaveLength(1);
    await reader.query("commit");
    await migrating;
    const name = `migration ${VERSIONS + 1} of ${VERSIONS + 1}`;
    expect(lines).toEqual([
      expect.stringMatching(
        `^${name} waits for a table that is used by process ${rows[0]?.pid} \\("nightly report", in a transaction for \\d+ seconds?\\); trying again every 2 s$`,
      ),
      expect.stringMatching(`^${name} is applied after \\d+ s$`),
    ]);
  });

  test("a migration that waits for another process that migrates says so once", async () => {
    const url = await makeEmptyDatabase();
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    onTestFinished(() => other.end());
    await other.query(`begin; select pg_advisory_xact_lock(${ADVISORY_LOCKS.migrations})`);
    const lines: string[] = [];
    const migrating = migrateDb(url, { report: (line) => lines.push(line) });
    await expect.poll(() => lines, { timeout: 10_000 }).toHaveLength(1);
    await other.query("commit");
    await migrating;
    expect(lines).toEqual(["another process migrates the database; waiting until it has finished"]);
  });
}

function tableConfigs() {
  return testDialect() === "sqlite"
    ? (Object.values(sqliteTables) as unknown as SQLiteTable[]).map(sqliteConfig)
    : Object.values(postgresTables).map(postgresConfig);
}

/** What `describeTables` reads, as the schema declares it. */
function schemaColumns(): string[] {
  return tableConfigs().flatMap(({ name, columns, primaryKeys }) => {
    const keys = primaryKeys.flatMap((key) => key.columns.map((column) => column.name));
    return columns.map((column) => {
      const type = column.getSQLType().replace("bigserial", "bigint");
      const isRequired = column.notNull || keys.includes(column.name);
      return `${name}.${column.name} ${type}${isRequired ? " not null" : ""}`;
    });
  });
}

/** What `describeIndexes` reads, as the schema declares it. */
function schemaIndexes(): string[] {
  return tableConfigs().flatMap(({ name, columns, indexes }) => [
    ...indexes.map((index) => `${name}.${index.config.name}`),
    ...(testDialect() === "sqlite" ? columns.filter((column) => column.isUnique) : []).map(
      (column) => `${name}.${column.uniqueName}`,
    ),
  ]);
}
