import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { connectClient } from "#db/connect.ts";
import { type Db, openDb } from "#db/open.ts";
import { seedDemo } from "#demo/seed.ts";
import { createSession } from "#domain/access/accounts/sessions.ts";
import { recordAudit } from "#domain/audit/record.ts";
import { sealAudit } from "#domain/audit/seal.ts";
import { verifyAudit } from "#domain/audit/verify.ts";
import { storeSegments } from "#engine/aggregation/store-segments.ts";
import { ChangeFeed } from "#engine/feed/change-feed.ts";
import { type CheckEntry, writeLine } from "#engine/journal/entry.ts";
import { takeOverDead } from "#engine/journal/lease.ts";
import { withLock } from "#platform/lock.ts";
import { makeEmptyDatabase, makeTestDatabase, testDialect } from "#test/db.ts";
import { ctxOf, makeProject, makeUser, TEST_SETTINGS } from "#test/people.ts";
import { countedChecks } from "#test/usage.ts";
import { dump } from "#test/verbs/verb-fixture.ts";
import { stableJson } from "./stable-json.ts";
import { ALL_TABLES_REVERSED, TABLES } from "./tables.ts";

// Each test starts several commands, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });

const CLI = new URL("../main.ts", import.meta.url).pathname;

let url: string;
let db: Db;
let folder: string;
beforeAll(async () => {
  url = await makeTestDatabase();
  db = await openDb(url);
  await seedDemo({ db, nowMs: Date.now(), checks: 2_000 });
  await sealAudit(db);
}, 120_000);
afterAll(() => db.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-backup-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Ran {
  code: number;
  out: string;
  err: string;
}

function environment(databaseUrl: string): NodeJS.ProcessEnv {
  const dataDir = join(folder, "data");
  return { NODE_ENV: "test", PATH: process.env.PATH, DATABASE_URL: databaseUrl, LATCHKEY_DATA_DIR: dataDir };
}

const run = (databaseUrl: string, ...args: string[]) =>
  new Promise<Ran>((resolve) => {
    execFile(process.execPath, [CLI, ...args], { env: environment(databaseUrl) }, (error, out, err) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    );
  });

const backupPath = () => join(folder, "backup");
const backUp = async (databaseUrl = url, ...args: string[]) => {
  expect(await run(databaseUrl, "backup", backupPath(), ...args)).toMatchObject({ code: 0, err: "" });
};

const ANSWER: CheckEntry = {
  atMs: 0,
  code: "VALID",
  projectId: "prj_1",
  keyId: "key_1",
  secretId: "sec_1",
  api: "only-in-the-journal",
  operation: "",
  environment: "live",
  units: 1,
  seen: { address: "198.51.100.7", origin: "", app: "" },
  trial: null,
  details: null,
};

/** How many of those answers are counted. */
const answersIn = (at: Db) => countedChecks(at, { api: [ANSWER.api] });

/** Everything that a copy keeps. Sessions end, and the audit log gains a row. */
async function contents(at: Db, left: readonly string[] = []): Promise<Record<string, unknown>> {
  const { verifiers: _, changes: __, ...tables } = JSON.parse(await dump(at));
  // Derived again from the copied rows, in another order.
  tables.searchTexts = tables.searchTexts.map((line: string) =>
    JSON.stringify({ ...JSON.parse(line), n: 0 }),
  );
  for (const name of left) delete tables[name];
  // The databases keep the keys of JSON objects in different orders.
  const rows = Object.entries<string[]>(tables).map(([name, lines]) => [
    name,
    lines.map((line) => stableJson(JSON.parse(line))).sort(),
  ]);
  return Object.fromEntries(rows);
}

async function withCopy<T>(copyUrl: string, work: (copy: Db) => Promise<T>): Promise<T> {
  const copy = await openDb(copyUrl, { poolSize: 2 });
  try {
    return await work(copy);
  } finally {
    await copy.close();
  }
}

test("a backup that is restored into an empty database has every row, and a valid audit log", async () => {
  await backUp();
  const restored = await makeEmptyDatabase();
  const ran = await run(restored, "restore", backupPath(), "--keep-sessions");
  expect(ran).toMatchObject({ code: 0, err: "" });
  await withCopy(restored, async (copy) => {
    expect(await contents(copy, ["audit"])).toEqual(await contents(db, ["audit"]));
    const [before, after] = [await verifyAudit(db), await verifyAudit(copy)];
    expect(after).toMatchObject({ broken: null, rows: before.rows, head: before.head });
    expect(after.unsealed).toBe(before.unsealed + 1);
    await sealAudit(copy);
    expect((await verifyAudit(copy)).broken).toBeNull();
  });
});

test("only the owner can read a backup, and neither it nor the output contains the database's password", async () => {
  await backUp();
  const modes = readdirSync(backupPath(), { recursive: true, withFileTypes: true }).map((entry) => {
    const { mode } = statSync(join(entry.parentPath, entry.name));
    return [entry.isDirectory(), mode & 0o777];
  });
  expect(new Set(modes.map(String))).toEqual(new Set(["true,448", "false,384"]));
  expect(statSync(backupPath()).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(backupPath(), "manifest.json"), "utf8")).not.toMatch(/postgres:|file:/);
});

test("a backup never overwrites anything, and a damaged one is not restored", async () => {
  await backUp();
  expect(await run(url, "backup", backupPath())).toMatchObject({
    code: 1,
    err: expect.stringMatching(/not empty/),
  });
  const restored = await makeEmptyDatabase();
  const file = join(backupPath(), "tables", "keys.jsonl.gz");
  appendFileSync(file, "x");
  const damaged = await run(restored, "restore", backupPath());
  expect(damaged.err).toMatch(/damaged: .*keys\.jsonl\.gz has another checksum/);
  rmSync(file);
  expect((await run(restored, "restore", backupPath())).err).toMatch(/damaged: .*can't be read/);
  writeFileSync(join(backupPath(), "manifest.json"), "{");
  expect((await run(restored, "restore", backupPath())).err).toMatch(/manifest\.json is damaged/);
  expect((await run(restored, "restore", folder)).err).toMatch(/not a complete backup/);
});

test("a database with contents is replaced only with --force; sessions end, and what comes back is named", async () => {
  const target = await makeTestDatabase();
  await withCopy(target, async (live) => {
    await seedDemo({ db: live, nowMs: Date.now(), checks: 100, seed: "another" });
    const [user] = await live.read.q.select({ id: live.read.t.users.id }).from(live.read.t.users).limit(1);
    const device = { address: null, userAgent: null };
    await live.write((tx) => createSession(tx, user?.id ?? "", device, Date.now(), TEST_SETTINGS.sessions));
    await backUp(target);
    const { keys } = live.read.t;
    const [key] = await live.read.q.select().from(keys).where(eq(keys.environment, "live")).limit(1);
    const id = key?.id ?? "";
    // A verifier that runs meanwhile.
    let lost = 0;
    const feed = new ChangeFeed({ db: live, onChanges: () => {}, onLost: () => lost++ });
    await feed.start();
    await live.write((tx) =>
      tx.q.update(tx.t.keys).set({ revokedAt: Date.now(), revokedBy: "member" }).where(eq(tx.t.keys.id, id)),
    );

    const before = await dump(live);
    expect(await run(target, "restore", backupPath())).toMatchObject({
      code: 1,
      err: expect.stringMatching(/not empty.*--force/),
    });
    expect(await dump(live)).toBe(before);

    const lostBefore = lost;
    const ran = await run(target, "restore", backupPath(), "--force");
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out).toContain(`keys: 1 (${id})`);
    const [restored] = await live.read.q.select().from(keys).where(eq(keys.id, id));
    expect(restored?.revokedAt).toBeNull();
    const sessions = await live.read.q.select().from(live.read.t.sessions);
    expect(sessions).toHaveLength(1);
    expect(sessions[0]?.endedAt).toBeGreaterThan(0);
    await expect.poll(() => lost, { timeout: 5_000 }).toBeGreaterThan(lostBefore);
    await feed.stop();
    // The log is append-only again.
    await expect(live.write((tx) => tx.q.delete(tx.t.audit))).rejects.toThrow();
    expect((await verifyAudit(live)).broken).toBeNull();
  });
}, 120_000);

test("a restore names suspended and deleted projects, older tokens and recovery codes, and ends links", async () => {
  const target = await makeTestDatabase();
  await withCopy(target, async (live) => {
    const user = await makeUser(live);
    const userId = user.userId;
    const suspended = await makeProject(live, user);
    const deleted = await makeProject(live, user);
    const { t } = live.read;
    const createdAt = Date.now() - 60_000;
    await live.write(async (tx) => {
      const token = { name: "token", hint: "abcd", createdAt };
      await tx.q.insert(t.managementTokens).values({ ...token, id: "mgt_1", userId, hash: "m" });
      await tx.q.insert(t.recoveryCodes).values({ hash: "r", userId, createdAt });
      await tx.q.insert(t.accountLinks).values({
        ...{ id: "lnk_1", kind: "password-reset", hash: "l", userId, email: "a@example.com" },
        ...{ createdAt, expiresAt: Date.now() + 3_600_000 },
      });
    });
    await backUp(target);
    await live.write(async (tx) => {
      const now = Date.now();
      await tx.q.update(t.projects).set({ suspendedAt: now }).where(eq(t.projects.id, suspended));
      await tx.q.update(t.projects).set({ deletedAt: now }).where(eq(t.projects.id, deleted));
      await tx.q.update(t.managementTokens).set({ olderEndsAt: now });
      await tx.q.update(t.recoveryCodes).set({ usedAt: now });
    });
    const ran = await run(target, "restore", backupPath(), "--force");
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out.split("\n").filter((line) => line.startsWith("  "))).toEqual([
      `  suspended projects: 1 (${suspended})`,
      `  deleted projects: 1 (${deleted})`,
      "  older secrets of management tokens: 1 (mgt_1)",
      `  used recovery codes of accounts: 1 (${userId})`,
    ]);
    const [link] = await live.read.q.select().from(t.accountLinks);
    expect(link?.endedAt).toBeGreaterThan(0);
  });
});

test("answers that are not counted yet are counted exactly once after a restore", async () => {
  const journal = join(folder, "data", "journal");
  const dir = join(journal, "vrf_1");
  mkdirSync(dir, { recursive: true });
  const write = (name: string, lines: number) =>
    writeFileSync(join(dir, name), writeLine({ ...ANSWER, atMs: Date.now() }).repeat(lines));
  // Counted, but the process died before it deleted the file.
  write("seg_1.closed", 3);
  await storeSegments(db, dir, Date.now);
  write("seg_1.closed", 3);
  // Two uncounted segments: a complete one, and the one being written.
  write("seg_2.closed", 4);
  write("seg_3.open", 5);
  const before = await answersIn(db);
  await backUp();
  expect(readdirSync(journal)).toEqual(["vrf_1"]);
  expect(readdirSync(join(backupPath(), "journal")).sort()).toEqual([
    "seg_1.closed",
    "seg_2.closed",
    "seg_3.open",
  ]);

  const restored = await makeEmptyDatabase();
  rmSync(journal, { recursive: true });
  expect(await run(restored, "restore", backupPath())).toMatchObject({ code: 0 });
  await withCopy(restored, async (copy) => {
    expect(await answersIn(copy)).toBe(before);
    // As the next verifier does.
    const own = join(journal, "vrf_2");
    mkdirSync(own);
    await takeOverDead(journal, own);
    await storeSegments(copy, own, Date.now);
    expect(await answersIn(copy)).toBe(before + 9);
  });
});

test("answers are counted once if a backup is restored twice before the start, besides the same journal", async () => {
  const journal = join(folder, "data", "journal");
  const killed = join(journal, "vrf_1");
  mkdirSync(killed, { recursive: true });
  const write = (name: string, lines: number) =>
    writeFileSync(join(killed, name), writeLine({ ...ANSWER, atMs: Date.now() }).repeat(lines));
  write("seg_11.closed", 4);
  write("seg_12.open", 5);
  const before = await answersIn(db);
  await backUp();
  // It was still written after the backup.
  write("seg_12.open", 7);
  const restored = await makeEmptyDatabase();
  for (const more of [[], ["--force"]]) {
    expect(await run(restored, "restore", backupPath(), ...more)).toMatchObject({ code: 0 });
  }
  await withCopy(restored, async (copy) => {
    const own = join(journal, "vrf_2");
    mkdirSync(own);
    await takeOverDead(journal, own);
    await storeSegments(copy, own, Date.now);
    expect(await answersIn(copy)).toBe(before + 11);
    expect(await storeSegments(copy, own, Date.now)).toBe(0);
  });
});

if (testDialect() === "postgres") {
  test("a restore whose ANALYZE fails after the commit is complete, with the answers that are not counted yet", async () => {
    const journal = join(folder, "data", "journal");
    mkdirSync(join(journal, "vrf_1"), { recursive: true });
    writeFileSync(join(journal, "vrf_1", "seg_21.closed"), writeLine({ ...ANSWER, atMs: Date.now() }));
    await backUp();
    rmSync(journal, { recursive: true });
    const restored = await makeEmptyDatabase();
    const client = await connectClient(restored);
    await client.query(`
      create function fails(x int) returns int immutable language plpgsql as 'begin return x; end';
      create table other (x int);
      insert into other values (1);
      create index on other (fails(x));
      create or replace function fails(x int) returns int immutable language plpgsql
        as 'begin raise exception ''no statistics''; end'`);
    await client.end();
    const ran = await run(restored, "restore", backupPath());
    expect(ran).toMatchObject({ code: 0, err: expect.stringMatching(/no statistics; everything is copied/) });
    expect(readdirSync(journal, { recursive: true }).map(String)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^restored-\w+\/seg_21\.closed$/)]),
    );
    await withCopy(restored, async (copy) => {
      const { audit } = copy.read.t;
      const rows = await copy.read.q.select().from(audit).where(eq(audit.action, "database.restored"));
      expect(rows).toHaveLength(1);
    });
  });
}

test("a process that is killed in the middle of a restore leaves the old state", async () => {
  await backUp();
  const before = await dump(db);
  const script = join(folder, "restore-halfway.mjs");
  const { href } = new URL("./", import.meta.url);
  writeFileSync(
    script,
    `import { openTarget } from "${href}target.ts";
     import { readLines } from "${href}files.ts";
     import { TABLES } from "${href}tables.ts";
     const target = await openTarget(process.argv[2]);
     await target.deleteAll();
     for (const table of TABLES.slice(0, 10)) {
       const path = ${JSON.stringify(join(backupPath(), "tables/"))} + table.name + ".jsonl.gz";
       for await (const lines of readLines(path, 1_000)) await target.insert(table, lines);
     }
     console.log("halfway");
     setInterval(() => {}, 1_000);`,
  );
  const halfway = spawn(process.execPath, [script, url], { stdio: ["ignore", "pipe", "inherit"] });
  await once(halfway.stdout, "data");
  expect(await dump(db)).toBe(before);
  halfway.kill("SIGKILL");
  await once(halfway, "close");
  expect(await dump(db)).toBe(before);
  // Nothing is left locked.
  expect(await run(url, "restore", backupPath(), "--force", "--keep-sessions")).toMatchObject({
    code: 0,
    err: "",
  });
});

test("a backup that is killed leaves no directory that looks complete, and the next one removes the rest", async () => {
  const journal = join(folder, "data", "journal");
  const held = join(journal, ".starting-backup-1");
  const partial = `${backupPath()}.partial-1`;
  for (const left of [held, partial]) mkdirSync(left, { recursive: true });
  expect((await run(url, "restore", partial)).err).toMatch(/not a complete backup/);
  await backUp();
  expect(readdirSync(journal)).toEqual([]);
  expect(readdirSync(folder).sort()).toEqual(["backup", "data"]);
});

test("a backup waits for another run to the same path, and leaves what that one writes", async () => {
  const lock = join(folder, "data", "backup.lock");
  const partial = `${backupPath()}.partial-${process.pid}`;
  let second: Promise<Ran> | undefined;
  // What the first run does.
  await withLock(lock, async () => {
    mkdirSync(partial);
    second = run(url, "backup", backupPath());
    await expect
      .poll(() => readdirSync(join(folder, "data")).filter((name) => name.startsWith("backup.lock.")), {
        timeout: 60_000,
      })
      .toHaveLength(2);
    writeFileSync(join(partial, "manifest.json"), "of the first");
    renameSync(partial, backupPath());
  });
  expect(await second).toMatchObject({ code: 1, err: expect.stringMatching(/is not empty; each backup/) });
  expect(readFileSync(join(backupPath(), "manifest.json"), "utf8")).toBe("of the first");
  expect(readdirSync(folder).sort()).toEqual(["backup", "data"]);
});

test("the auth secret is in a backup only with a passphrase, and only that opens it", async () => {
  if (testDialect() !== "sqlite") return;
  const dataDir = join(folder, "data");
  mkdirSync(dataDir);
  const secret = "a-secret-of-this-deployment-0123456789";
  writeFileSync(join(dataDir, "auth-secret"), secret, { mode: 0o600 });
  await backUp();
  expect(readdirSync(backupPath())).not.toContain("auth-secret.sealed");
  rmSync(backupPath(), { recursive: true });

  const [right, wrong] = [join(folder, "right"), join(folder, "wrong")];
  writeFileSync(right, "correct horse battery staple\n");
  writeFileSync(wrong, "incorrect horse battery staple\n");
  await backUp(url, "--passphrase-file", right);
  expect(readFileSync(join(backupPath(), "auth-secret.sealed"), "utf8")).not.toContain(secret);

  rmSync(join(dataDir, "auth-secret"));
  const restored = await makeEmptyDatabase();
  const denied = await run(restored, "restore", backupPath(), "--passphrase-file", wrong);
  expect(denied).toMatchObject({ code: 1, err: expect.stringMatching(/does not open/) });
  expect(await run(restored, "restore", backupPath(), "--passphrase-file", right)).toMatchObject({ code: 0 });
  expect(readFileSync(join(dataDir, "auth-secret"), "utf8")).toBe(secret);
  expect(statSync(join(dataDir, "auth-secret")).mode & 0o777).toBe(0o600);
});

test.runIf(process.getuid?.() === 0)(
  "only the owner of the data directory can back up and restore",
  async () => {
    mkdirSync(join(folder, "data"));
    chownSync(join(folder, "data"), 65_534, 65_534);
    for (const command of ["backup", "restore"]) {
      const ran = await run(url, command, backupPath());
      expect(ran).toMatchObject({
        code: 1,
        err: expect.stringMatching(/belongs to another user \(uid 65534\)/),
      });
    }
  },
);

test("every table is copied after the tables that it references", () => {
  expect(TABLES.length).toBe(ALL_TABLES_REVERSED.length - 3);
  expect(new Set(TABLES.map(({ name }) => name)).size).toBe(TABLES.length);
});

if (testDialect() === "postgres") {
  test("a move from SQLite copies every row, continues the sequences, and leaves SQLite unchanged", async () => {
    const file = `file:${join(folder, "data", "latchkey.db")}`;
    expect(await run(file, "migrate")).toMatchObject({ code: 0 });
    const target = await makeEmptyDatabase();
    const from = await openDb(file);
    await seedDemo({ db: from, nowMs: Date.now(), checks: 2_000 });
    await sealAudit(from);
    const beat = { address: "keys:3001", version: "1", startedAt: 0, feedSeq: 0, lastSeenAt: Date.now() };
    await from.write((tx) => tx.q.insert(tx.t.verifiers).values({ id: "ver_1", ...beat }));
    const running = await run(file, "move", "--to", target);
    expect(running).toMatchObject({ code: 1, err: expect.stringMatching(/keys:3001 is running/) });
    await from.write((tx) => tx.q.delete(tx.t.verifiers));
    const before = await dump(from);
    const ran = await run(file, "move", "--to", target);
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out).not.toMatch(/:\/\/\w+:(?!…)\w+@/);
    await withCopy(target, async (copy) => {
      expect(await contents(copy)).toEqual(await contents(from));
      // A new row must not get the number of a copied one.
      await copy.write((tx) =>
        recordAudit(tx, ctxOf(copy, { kind: "system" }), {
          action: "key.revoked",
          subject: { id: "a", name: "b" },
        }),
      );
      await sealAudit(copy);
      expect((await verifyAudit(copy)).broken).toBeNull();
    });
    expect(await dump(from)).toBe(before);
    await from.close();
    expect(await run(file, "move", "--to", target)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/not empty/),
    });
    expect(await run(file, "move", "--to", "mysql://x")).toMatchObject({
      code: 1,
      err: expect.stringMatching(/must be postgres/),
    });
  });
}
