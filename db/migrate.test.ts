import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getTableConfig as postgresConfig } from "drizzle-orm/pg-core";
import { type SQLiteTable, getTableConfig as sqliteConfig } from "drizzle-orm/sqlite-core";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { makeEmptyDatabase, testDialect } from "#test/db.ts";
import { columnsOf, describeIndexes, describeTables, describeTriggers } from "#test/describe-database.ts";
import { TEST_SCOPE } from "#test/scope.ts";
import { migrateDb } from "./migrate.ts";
import { openDb, openSqliteClient } from "./open.ts";
import { LAST_PRE_RELEASE_COMMIT, pendingMigrations } from "./pending-migrations.ts";
import * as postgresTables from "./schema.postgres.ts";
import * as sqliteTables from "./schema.sqlite.ts";

interface Journal {
  entries: { tag: string }[];
}
const journalOf = (folder: string) => `${folder}/${testDialect()}/meta/_journal.json`;
const readJournal = (folder: string): Journal => JSON.parse(readFileSync(journalOf(folder), "utf8"));
const MIGRATIONS = join(import.meta.dirname, "migrations");
/** The first migration of the time before `0000_init`. */
const PRE_RELEASE = join(import.meta.dirname, "../test/fixtures/pre-release");
const HANDWRITTEN_INDEXES = [
  "search_texts.search_texts_name",
  ...(testDialect() === "postgres" ? ["search_texts.search_texts_trigrams"] : []),
];
const versions = readJournal(MIGRATIONS).entries.length;

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
  expect(await pendingMigrations(url)).toBe(versions);
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
  const url = await makeEmptyDatabase();
  await migrateDb(url);
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

// SQLite has one writer, which readers don't wait for.
if (testDialect() === "postgres") {
  test("a table can be read while a migration waits for it, and while a later migration runs", async () => {
    const url = await makeEmptyDatabase();
    await migrateDb(url);
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
    const url = await makeEmptyDatabase();
    await migrateDb(url);
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
    const name = `migration ${versions + 1} of ${versions + 1}`;
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
    await other.query(`begin; select pg_advisory_xact_lock(${5_278_114})`);
    const lines: string[] = [];
    const migrating = migrateDb(url, { report: (line) => lines.push(line) });
    await expect.poll(() => lines, { timeout: 10_000 }).toHaveLength(1);
    await other.query("commit");
    await migrating;
    expect(lines).toEqual(["another process migrates the database; waiting until it has finished"]);
  });
}

test("a database from before the first release is rejected, with the commit that can upgrade it", async () => {
  const url = await makeEmptyDatabase();
  await migrateDb(url, { folder: PRE_RELEASE });
  const before = await describeTables(url);
  const message = new RegExp(`check out commit ${LAST_PRE_RELEASE_COMMIT.slice(0, 12)}.*migrate`);
  await expect(pendingMigrations(url)).rejects.toThrow(message);
  await expect(migrateDb(url)).rejects.toThrow(message);
  for (const command of ["migrate", "portal", "verifier", "link", "doctor"]) {
    const { status, stdout, stderr } = runCommand(url, command);
    expect(status, command).toBe(1);
    expect(stdout + stderr, command).toMatch(message);
  }
  expect(await describeTables(url)).toEqual(before);
});

// An unpacked archive and a shallow clone have no history.
if (hasCommit(LAST_PRE_RELEASE_COMMIT)) {
  test("a database that the last commit before the first release has upgraded is current", async () => {
    const folder = temporaryFolder();
    const archive = join(folder, "migrations.tar");
    execFileSync("git", ["archive", "-o", archive, LAST_PRE_RELEASE_COMMIT, "db/migrations"]);
    execFileSync("tar", ["-xf", archive, "-C", folder]);
    const older = await makeEmptyDatabase();
    await migrateDb(older, { folder: join(folder, "db/migrations") });
    expect(await pendingMigrations(older)).toBe(versions - 1);
    await migrateDb(older);
    const fresh = await makeEmptyDatabase();
    await migrateDb(fresh);
    expect(await describeTables(older)).toEqual(await describeTables(fresh));
    expect(await describeIndexes(older)).toEqual(await describeIndexes(fresh));
    expect(await describeTriggers(older)).toEqual(await describeTriggers(fresh));
  });
}

let tablesOfNew: Promise<string[]> | undefined;
function readTablesOfNew(): Promise<string[]> {
  const read = async () => {
    const url = await makeEmptyDatabase();
    await migrateDb(url);
    return describeTables(url);
  };
  tablesOfNew ??= read();
  return tablesOfNew;
}

// The migrations run in the same order from wherever they begin, so the short run begins at the ends.
test.each(TEST_SCOPE === "all" ? Array.from({ length: versions }, (_, done) => done) : [1, versions - 1])(
  "a database with the first %i migrations ends with the same tables as a new one",
  async (done) => {
    const older = await makeEmptyDatabase();
    await migrateDb(older, { folder: firstMigrations(done) });
    expect(await pendingMigrations(older)).toBe(versions - done);
    await migrateDb(older);
    expect(await describeTables(older)).toEqual(await readTablesOfNew());
  },
);

test("a database that was upgraded to every version in turn has the same tables as a new one", async () => {
  const url = await makeEmptyDatabase();
  for (let done = 1; done <= versions; done++) {
    await migrateDb(url, { folder: firstMigrations(done) });
    expect(await pendingMigrations(url)).toBe(versions - done);
  }
  expect(await describeTables(url)).toEqual(await readTablesOfNew());
});

test("the metadata of existing keys can be filtered after the migration", async () => {
  const url = await makeEmptyDatabase();
  const done = readJournal(MIGRATIONS).entries.findIndex(({ tag }) => tag.endsWith("_key_fields"));
  await migrateDb(url, { folder: firstMigrations(done) });
  const metadata = { plan: "pro", seats: 3.5, on: true, off: false, none: null, long: "x".repeat(201) };
  const no = testDialect() === "postgres" ? "false" : "0";
  await execute(url, [
    "insert into users (id, email, name, site_role, created_at) values ('usr_1', 'a@example.com', 'Ada', 'user', 1)",
    `insert into projects (id, name, created_at, created_by) values ('prj_1', 'One', 1, 'usr_1')`,
    `insert into keys (id, project_id, name, environment, enabled, restrictions, metadata, created_at, created_by)
      values ('key_1', 'prj_1', 'k', 'live', ${no}, '{}', '${JSON.stringify(metadata)}', 1, 'usr_1')`,
  ]);
  const { stdout } = runCommand(url, "migrate");
  expect(stdout).toContain("The metadata of 1 key can be filtered now.");
  expect(runCommand(url, "migrate").stdout).toBe("The database is up to date.\n");
  const db = await openDb(url);
  onTestFinished(() => db.close());
  const rows = await db.read.q.select().from(db.read.t.keyAttributes);
  expect(Object.fromEntries(rows.map(({ name, value }) => [name, value]))).toEqual({
    ...{ "metadata.plan": "pro", "metadata.seats": "3.5", "metadata.on": "true" },
    ...{ "metadata.off": "false", "metadata.none": "null" },
  });
  const [key] = await db.read.q.select().from(db.read.t.keys);
  expect(key).toMatchObject({ description: "", tags: [], externalId: null, metadata });
});

/** Runs statements as they are, one by one. */
async function execute(url: string, statements: string[]): Promise<void> {
  if (testDialect() === "sqlite") {
    const client = await openSqliteClient(url);
    for (const statement of statements) await client.execute(statement);
    return client.close();
  }
  const client = new pg.Client(url);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** A copy of the migrations that ends after the first `count`. */
function firstMigrations(count: number): string {
  const folder = temporaryFolder();
  // Only `db:generate` reads the snapshots.
  cpSync(MIGRATIONS, folder, { recursive: true, filter: (path) => !path.endsWith("_snapshot.json") });
  const journal = readJournal(folder);
  writeFileSync(journalOf(folder), JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  return folder;
}

/** A copy of the migrations with further ones. */
function withMigrations(statements: string[]): string {
  const folder = firstMigrations(versions);
  const { entries, ...journal } = readJournal(folder);
  const added = statements.map((statement, at) => {
    const tag = `added_${at}`;
    writeFileSync(`${folder}/${testDialect()}/${tag}.sql`, statement);
    return { tag, when: Date.now() * 2 + at, breakpoints: true };
  });
  writeFileSync(journalOf(folder), JSON.stringify({ ...journal, entries: [...entries, ...added] }));
  return folder;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-older-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function hasCommit(commit: string): boolean {
  return spawnSync("git", ["cat-file", "-e", `${commit}^{commit}`]).status === 0;
}

/** A `latchkey` command on the database at `url`. */
function runCommand(url: string, command: string) {
  const env = {
    ...process.env,
    DATABASE_URL: url,
    LATCHKEY_DATA_DIR: temporaryFolder(),
    AUTH_SECRET: "x".repeat(32),
  };
  return spawnSync(process.execPath, ["cli/main.ts", command], { encoding: "utf8", env });
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
