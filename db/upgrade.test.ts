import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeEmptyDatabase, testDialect } from "#test/db.ts";
import { describeIndexes, describeTables, describeTriggers } from "#test/describe-database.ts";
import {
  execute,
  firstMigrations,
  MIGRATIONS,
  readJournal,
  temporaryFolder,
  VERSIONS,
} from "#test/migrations.ts";
import { TEST_SCOPE } from "#test/scope.ts";
import { migrateDb } from "./migrate.ts";
import { openDb } from "./open.ts";
import { LAST_PRE_RELEASE_COMMIT, pendingMigrations } from "./pending-migrations.ts";

/** The first migration of the time before `0000_init`. */
const PRE_RELEASE = join(import.meta.dirname, "../test/fixtures/pre-release");

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
    expect(await pendingMigrations(older)).toBe(VERSIONS - 1);
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
test.each(TEST_SCOPE === "all" ? Array.from({ length: VERSIONS }, (_, done) => done) : [1, VERSIONS - 1])(
  "a database with the first %i migrations ends with the same tables as a new one",
  async (done) => {
    const older = await makeEmptyDatabase();
    await migrateDb(older, { folder: firstMigrations(done) });
    expect(await pendingMigrations(older)).toBe(VERSIONS - done);
    await migrateDb(older);
    expect(await describeTables(older)).toEqual(await readTablesOfNew());
  },
);

test("a database that was upgraded to every version in turn has the same tables as a new one", async () => {
  const url = await makeEmptyDatabase();
  for (let done = 1; done <= VERSIONS; done++) {
    await migrateDb(url, { folder: firstMigrations(done) });
    expect(await pendingMigrations(url)).toBe(VERSIONS - done);
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
    "metadata.plan": "pro",
    "metadata.seats": "3.5",
    "metadata.on": "true",
    "metadata.off": "false",
    "metadata.none": "null",
  });
  const [key] = await db.read.q.select().from(db.read.t.keys);
  expect(key).toMatchObject({ description: "", tags: [], externalId: null, metadata });
});

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
