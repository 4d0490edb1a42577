import { expect, test } from "vitest";
import { openDb } from "#db/open.ts";
import { recordAudit } from "#domain/audit/record.ts";
import { sealAudit } from "#domain/audit/seal.ts";
import { expectError, run, runInProcess, setUpDataDir } from "#test/cli.ts";
import { makeEmptyDatabase, makeTestDatabase, testDialect } from "#test/db.ts";
import { ctxOf, makeKey, makeProject, makeUser } from "#test/people.ts";
import { runStatement } from "#test/run-statement.ts";

const PASSWORD = "correct horse battery";
const ADD_ADA = "user create --email Ada@example.com --name Ada --role admin --password-stdin";

setUpDataDir();

test("doctor prints one line for each check, and fails while no verifier is alive", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  const bad = await run("doctor", env);
  expect(bad.code).toBe(1);
  expect(bad.out).toContain("ok   settings: valid");
  expect(bad.out).toContain("ok   schema: current");
  expect(bad.out).toContain("FAIL verifiers: none alive");
  const db = await openDb(env.DATABASE_URL);
  const alive = { id: "ver_1", address: "x", version: "1", startedAt: 0, feedSeq: 0 };
  await db.write((tx) => tx.q.insert(tx.t.verifiers).values({ ...alive, lastSeenAt: Date.now() }));
  await db.close();
  const good = await runInProcess("doctor", env);
  expect(good).toMatchObject({ code: 0, err: "" });
  expect(good.out).not.toContain("FAIL");
  expect(good.out).toContain("WARN backup: none is recorded");
});

test("doctor --json prints one object, also for an invalid setting, and warns of a schema from a later version", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  const table = testDialect() === "sqlite" ? "__drizzle_migrations" : "drizzle.__drizzle_migrations";
  const row = "(99, 'later', 9000000000000)";
  await runStatement(env.DATABASE_URL, `insert into ${table} (id, hash, created_at) values ${row}`);
  const ran = await runInProcess("doctor --json", env);
  expect(ran.code).toBe(1);
  const { ok, checks } = JSON.parse(ran.out);
  expect(ok).toBe(false);
  expect(checks).toContainEqual({ name: "settings", status: "ok", message: "valid" });
  expect(checks).toContainEqual(expect.objectContaining({ name: "schema", status: "warning" }));
  expect(checks).toContainEqual(expect.objectContaining({ name: "verifiers", status: "failed" }));
  const invalid = await runInProcess("doctor --json", { ...env, PORT: "x" });
  expect(JSON.parse(invalid.out)).toEqual({
    ok: false,
    checks: [{ name: "settings", status: "failed", message: expect.stringMatching(/^PORT: /) }],
  });
});

test("doctor fails if imported keys wait for an HMAC whose secret is not set", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  const db = await openDb(env.DATABASE_URL);
  const owner = await makeUser(db);
  const projectId = await makeProject(db, owner);
  const { key } = await makeKey(ctxOf(db, owner), projectId);
  const secretId = key.secrets[0]?.id ?? "";
  const row = {
    secretId,
    projectId,
    fingerprint: "f",
    digest: "d",
    algorithm: "hmac-sha256",
    importedAt: 0,
  } as const;
  await db.write((tx) => tx.q.insert(tx.t.importedSecrets).values(row));
  await db.close();
  expect((await runInProcess("doctor", env)).out).toContain(
    "FAIL imported keys: 1 key, imported by an HMAC, can't be used",
  );
  const set = { ...env, LATCHKEY_IMPORT_HMAC_SECRETS: "0123456789abcdef0123456789abcdef" };
  expect((await runInProcess("doctor", set)).out).toContain(
    "ok   imported keys: 1 key, imported by an HMAC, not used yet",
  );
});

test("doctor --audit verifies the hash chain, prints its head, and fails if it does not contain an earlier head", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  await runInProcess(ADD_ADA, env, PASSWORD);
  const db = await openDb(env.DATABASE_URL);
  await sealAudit(db);
  await db.close();
  const good = await runInProcess("doctor --audit", env);
  expect(good).toMatchObject({ code: 0, err: "" });
  const [, head] = /^ok {3}audit: 1 row, unchanged\n {5}head: ([0-9a-f]{64})\n$/.exec(good.out) ?? [];
  expect(await runInProcess(`doctor --audit-head ${head}`, env)).toMatchObject({ code: 0 });
  expectError(
    await runInProcess(`doctor --audit-head ${"0".repeat(64)}`, env),
    /the log was truncated or rewritten/,
  );
});

test("doctor --audit fails if rows have been unsealed for more than ten minutes", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  const db = await openDb(env.DATABASE_URL);
  const system = { actor: { kind: "system" as const }, now: () => Date.UTC(2026, 0, 1) };
  await db.write((tx) =>
    recordAudit(tx, system, { action: "policies.updated", subject: { id: "site", name: "the site" } }),
  );
  await db.close();
  expectError(
    await runInProcess("doctor --audit", env),
    /1 not sealed, the oldest since 2026-01-01T00:00:00\.000Z/,
  );
});

test("doctor fails for a missing schema and for a data directory that is not writable", async () => {
  const ran = await runInProcess("doctor", {
    DATABASE_URL: await makeEmptyDatabase(),
    LATCHKEY_DATA_DIR: "/proc/latchkey",
  });
  expect(ran.code).toBe(1);
  expect(ran.out).toMatch(
    /FAIL (schema: \d+ migrations pending|database: .* does not exist yet); run migrate/,
  );
  expect(ran.out).toMatch(/FAIL journal: \/proc\/latchkey is not writable/);
});
