import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { DEFAULT_SCOPES } from "#core/scopes.ts";
import { makeEmptyDatabase, testDialect } from "#test/db.ts";
import { migrateDb } from "./migrate.ts";
import { openDb, openSqliteClient } from "./open.ts";
import { pendingMigrations } from "./pending-migrations.ts";

interface Journal {
  entries: { tag: string }[];
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

test("sessions stored in clear text end, and tokens from before get every scope but members:write", async () => {
  const url = await makeEmptyDatabase();
  const folder = firstMigrations(10);
  await migrateDb(url, folder);
  rmSync(folder, { recursive: true });
  const user = "id, email, name, site_role, created_at, mail_notices";
  const session = "id, user_id, created_at, last_seen_at, expires_at";
  const token = "id, user_id, name, hash, hint, created_at";
  await execute(url, [
    `insert into users (${user}, disabled_at) values ('u1', 'a@example.com', 'A', 'admin', 1, ${testDialect() === "postgres"}, null)`,
    `insert into users (${user}, disabled_at) values ('u2', 'b@example.com', 'B', 'admin', 1, ${testDialect() === "postgres"}, 5)`,
    `insert into sessions (${session}) values ('s1', 'u1', 1, 1, 9999999999999)`,
    `insert into management_tokens (${token}) values ('t1', 'u1', 'script', 'h1', 'hint', 1)`,
    `insert into management_tokens (${token}) values ('t2', 'u2', 'script', 'h2', 'hint', 1)`,
  ]);
  await migrateDb(url);
  const db = await openDb(url, { poolSize: 1 });
  const { q, t } = db.read;
  const [old] = await q.select().from(t.sessions);
  expect(old).toMatchObject({ id: "s1", hash: null, endedAt: expect.any(Number) });
  const tokens = await q.select().from(t.managementTokens).orderBy(t.managementTokens.id);
  await db.close();
  expect(tokens.map(({ scopes }) => scopes)).toEqual([DEFAULT_SCOPES, DEFAULT_SCOPES]);
  // Enabling the account again must not revive what its disabling ended.
  expect(tokens.map(({ revokedAt }) => revokedAt)).toEqual([null, expect.any(Number)]);
});

test("an address stays verified only where a mailed link or a provider alone made the account", async () => {
  const url = await makeEmptyDatabase();
  const folder = firstMigrations(11);
  await migrateDb(url, folder);
  rmSync(folder, { recursive: true });
  const yes = testDialect() === "postgres";
  const user = (id: string, password: string | null) =>
    `insert into users (id, email, name, site_role, created_at, mail_notices, email_verified_at, password_hash)
     values ('${id}', '${id}@example.com', 'A', 'developer', 1, ${yes}, 1, ${password})`;
  const invitation = (id: string, kind: string, by: string | null, accepted: number | null) =>
    `insert into invitations (id, kind, hash, email, created_by, created_at, expires_at, accepted_at)
     values ('${id}', '${kind}', '${id}', '${id}@example.com', ${by}, 1, 9, ${accepted})`;
  const identity = (provider: string, id: string) =>
    `insert into identities (provider, account_id, user_id, created_at) values ('${provider}', '7', '${id}', 5)`;
  await execute(url, [
    ...["asked", "invited", "printed", "linked"].map((id) => user(id, "'argon2'")),
    user("provided", "null"),
    invitation("asked", "site", null, 2),
    invitation("invited", "site", "'printed'", 2),
    invitation("waiting", "site", null, null),
    invitation("shown", "project", "'printed'", null),
    identity("oidc", "linked"),
    identity("github", "provided"),
  ]);
  await migrateDb(url);
  const db = await openDb(url, { poolSize: 1 });
  const { q, t } = db.read;
  const users = await q.select().from(t.users);
  const links = await q.select().from(t.invitations);
  const identities = await q.select().from(t.identities);
  await db.close();
  const verified = users.filter(({ emailVerifiedAt }) => emailVerifiedAt !== null).map(({ id }) => id);
  expect(verified.sort()).toEqual(["asked", "provided"]);
  expect(links.filter(({ mailedAt }) => mailedAt !== null).map(({ id }) => id)).toEqual(["asked", "waiting"]);
  expect(identities.map(({ issuer }) => issuer).sort()).toEqual(["https://github.com", "oidc"]);
});

test("who ended a key is filled in from the audit log where it shows that, and else left open", async () => {
  const url = await makeEmptyDatabase();
  const tags = readJournal(MIGRATIONS).entries.map(({ tag }) => tag);
  const folder = firstMigrations(tags.findIndex((tag) => tag.endsWith("_ended_by")));
  try {
    await migrateDb(url, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const key = (id: string, enabled: boolean, revokedAt: number | null) =>
    `insert into keys (id, project_id, name, environment, enabled, revoked_at, restrictions, metadata, created_at, created_by)
     values ('${id}', 'prj', '${id}', 'live', ${enabled}, ${revokedAt ?? "null"}, '{}', '{}', 1, 'usr_owner')`;
  const row = (n: number, action: string, keyId: string, actor: string | null, after: object) =>
    `insert into audit (id, at, actor_id, actor_name, via, action, project_id, subject_id, subject_name, after)
     values ('aud_${n}', ${n}, ${actor ? `'${actor}'` : "null"}, 'x', '${actor ? "session" : "system"}', '${action}',
             'prj', '${keyId}', 'x', '${JSON.stringify(after)}')`;
  await execute(url, [
    "insert into users (id, email, name, site_role, created_at) values ('usr_owner', 'o@example.com', 'O', 'developer', 1)",
    "insert into users (id, email, name, site_role, created_at) values ('usr_admin', 'a@example.com', 'A', 'admin', 1)",
    "insert into projects (id, name, created_at, created_by) values ('prj', 'P', 1, 'usr_owner')",
    ...["by_owner", "by_admin", "by_sweep", "by_policy", "unknown"].map((id) => key(id, true, 5)),
    ...["off_by_owner", "off_by_admin", "off_by_leak"].map((id) => key(id, false, null)),
    key("usable", true, null),
    row(1, "key.revoked", "by_owner", "usr_admin", { revokedAt: "x" }),
    row(2, "key.revoked", "by_owner", "usr_owner", { revokedAt: "x" }),
    row(3, "key.revoked", "by_admin", "usr_admin", { revokedAt: "x" }),
    row(4, "key.revoked", "by_sweep", "usr_gone", { revokedAt: "x", reason: "unused" }),
    row(5, "key.revoked", "by_policy", null, { revokedAt: "x", reason: "Not used for 90 days" }),
    row(6, "key.updated", "off_by_owner", "usr_owner", { name: "x", enabled: false }),
    row(7, "key.updated", "off_by_owner", "usr_admin", { name: "y" }),
    row(8, "key.disabled", "off_by_admin", "usr_admin", { enabled: false }),
    row(9, "key.disabled", "off_by_leak", "usr_owner", {
      enabled: false,
      reason: "A secret of it was found in public",
    }),
    row(10, "key.revoked", "usable", "usr_admin", { revokedAt: "x" }),
  ]);
  await migrateDb(url);
  const db = await openDb(url);
  const rows = await db.read.q.select().from(db.read.t.keys);
  await db.close();
  expect(
    Object.fromEntries(rows.map(({ id, revokedBy, disabledBy }) => [id, [revokedBy, disabledBy]])),
  ).toEqual({
    by_owner: ["member", null],
    by_admin: ["admin", null],
    by_sweep: ["admin", null],
    by_policy: ["policy", null],
    unknown: [null, null],
    off_by_owner: [null, "member"],
    off_by_admin: [null, "admin"],
    off_by_leak: [null, "leak"],
    usable: [null, null],
  });
});

test("keys from before are found by the APIs that they may call", async () => {
  const url = await makeEmptyDatabase();
  const tags = readJournal(MIGRATIONS).entries.map(({ tag }) => tag);
  const folder = firstMigrations(tags.findIndex((tag) => tag.endsWith("_key_apis")));
  try {
    await migrateDb(url, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const key = (id: string, restrictions: object) =>
    `insert into keys (id, project_id, name, environment, enabled, restrictions, metadata, created_at, created_by)
     values ('${id}', 'prj', '${id}', 'live', true, '${JSON.stringify(restrictions)}', '{}', 1, 'usr')`;
  const sets = { ips: [], referrers: [], apps: { android: [], ios: [] } };
  await execute(url, [
    "insert into users (id, email, name, site_role, created_at) values ('usr', 'o@example.com', 'O', 'developer', 1)",
    "insert into projects (id, name, created_at, created_by) values ('prj', 'P', 1, 'usr')",
    key("any", { ...sets, apis: [] }),
    key("two", {
      ...sets,
      apis: [
        { api: "a", operations: [] },
        { api: "b", operations: ["x"] },
      ],
    }),
    key("old", {}),
  ]);
  await migrateDb(url);
  const db = await openDb(url, { poolSize: 1 });
  const rows = await db.read.q.select().from(db.read.t.keyApis);
  await db.close();
  expect(rows.map(({ projectId, keyId, api }) => `${projectId} ${keyId} ${api}`).sort()).toEqual([
    "prj any ",
    "prj old ",
    "prj two a",
    "prj two b",
  ]);
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
