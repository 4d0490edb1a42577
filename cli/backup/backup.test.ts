import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { HOUR_MS } from "#core/time.ts";
import { seedDemo } from "#demo/seed.ts";
import { createSession } from "#domain/access/accounts/sessions.ts";
import { sealAudit } from "#domain/audit/seal.ts";
import { verifyAudit } from "#domain/audit/verify.ts";
import { ChangeFeed } from "#engine/feed/change-feed.ts";
import {
  backUp,
  backupPath,
  contents,
  run,
  runInProcess,
  setUpSite,
  site,
  withCopy,
} from "#test/backup-fixture.ts";
import { makeEmptyDatabase, makeTestDatabase } from "#test/db.ts";
import { makeProject, makeUser, TEST_SETTINGS } from "#test/people.ts";
import { dump } from "#test/verbs/verb-fixture.ts";
import { KINDS } from "./revoked-since.ts";
import { TABLES } from "./tables.ts";

// Each test starts several commands, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });
setUpSite(2_000);

test("a backup that is restored into an empty database has every row, and a valid audit log", async () => {
  const startedAt = Date.now();
  // As processes, which must also end.
  expect(await run(site.url, "backup", backupPath())).toMatchObject({ code: 0, err: "" });
  // What doctor reads.
  const recorded = readFileSync(join(site.folder, "data", "last-backup"), "utf8");
  expect(Date.parse(recorded.trim())).toBeGreaterThanOrEqual(startedAt);
  const restored = await makeEmptyDatabase();
  const ran = await run(restored, "restore", backupPath(), "--keep-sessions");
  expect(ran).toMatchObject({ code: 0, err: "" });
  await withCopy(restored, async (copy) => {
    expect(await contents(copy, ["audit"])).toEqual(await contents(site.db, ["audit"]));
    const [before, after] = [await verifyAudit(site.db), await verifyAudit(copy)];
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
    expect(await runInProcess(target, "restore", backupPath())).toMatchObject({
      code: 1,
      err: expect.stringMatching(/not empty.*--force/),
    });
    expect(await dump(live)).toBe(before);

    const lostBefore = lost;
    const ran = await runInProcess(target, "restore", backupPath(), "--force");
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

test("a restore names projects, accounts, tokens, recovery codes and webhooks that come back, and ends links", async () => {
  const target = await makeTestDatabase();
  await withCopy(target, async (live) => {
    const user = await makeUser(live);
    const userId = user.userId;
    const { userId: gone } = await makeUser(live);
    const suspended = await makeProject(live, user);
    const deleted = await makeProject(live, user);
    const { t } = live.read;
    const createdAt = Date.now() - 60_000;
    await live.write(async (tx) => {
      const token = { name: "token", hint: "abcd", createdAt };
      await tx.q.insert(t.managementTokens).values({ ...token, id: "mgt_1", userId, hash: "m" });
      await tx.q.insert(t.recoveryCodes).values({ hash: "r", userId, createdAt });
      await tx.q.insert(t.scimTokens).values({ ...token, id: "sct_1", createdBy: userId, hash: "s" });
      const webhook = { url: "https://hooks.example.com", kinds: [], sealedSecret: "", createdBy: userId };
      await tx.q.insert(t.webhooks).values([
        { ...webhook, id: "whk_1", projectId: suspended, createdAt },
        { ...webhook, id: "whk_2", projectId: suspended, createdAt },
      ]);
      await tx.q.insert(t.accountLinks).values({
        id: "lnk_1",
        kind: "password-reset",
        hash: "l",
        userId,
        email: "a@example.com",
        createdAt,
        expiresAt: Date.now() + HOUR_MS,
      });
    });
    await backUp(target);
    await live.write(async (tx) => {
      const now = Date.now();
      await tx.q.update(t.projects).set({ suspendedAt: now }).where(eq(t.projects.id, suspended));
      await tx.q.update(t.projects).set({ deletedAt: now }).where(eq(t.projects.id, deleted));
      await tx.q.update(t.managementTokens).set({ olderEndsAt: now });
      await tx.q.update(t.recoveryCodes).set({ usedAt: now });
      await tx.q.update(t.scimTokens).set({ olderEndsAt: now, revokedAt: now });
      await tx.q.update(t.users).set({ disabledAt: now, deletedAt: now }).where(eq(t.users.id, gone));
      await tx.q.update(t.webhooks).set({ disabledAt: now }).where(eq(t.webhooks.id, "whk_1"));
      await tx.q.update(t.webhooks).set({ deletedAt: now }).where(eq(t.webhooks.id, "whk_2"));
    });
    const ran = await runInProcess(target, "restore", backupPath(), "--force");
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out.split("\n").filter((line) => line.startsWith("  "))).toEqual([
      `  suspended projects: 1 (${suspended})`,
      `  deleted projects: 1 (${deleted})`,
      "  older secrets of management tokens: 1 (mgt_1)",
      "  SCIM tokens: 1 (sct_1)",
      "  older secrets of SCIM tokens: 1 (sct_1)",
      `  accounts: 1 (${gone})`,
      `  deleted accounts: 1 (${gone})`,
      `  used recovery codes of accounts: 1 (${userId})`,
      "  webhooks (disabled): 1 (whk_1)",
      "  webhooks (deleted): 1 (whk_2)",
    ]);
    const [link] = await live.read.q.select().from(t.accountLinks);
    expect(link?.endedAt).toBeGreaterThan(0);
  });
});

test("a restore names every kind of credential that can be revoked or rotated", () => {
  // The first repeats what the keys have. The tokens of the second last 15 minutes at most.
  const left = ["sweep_keys", "revoked_tokens"];
  const ends = (table: string) => KINDS.filter((kind) => kind.table === table).map(({ ended }) => ended);
  const revocable = TABLES.map(({ name, columns }) => ({
    name,
    ended: columns
      .map((column) => column.name)
      .filter((column) => /^(revoked_at|older_ends_at)$/.test(column)),
  })).filter(({ name, ended }) => ended.length > 0 && !left.includes(name));
  expect(revocable.length).toBeGreaterThan(3);
  for (const { name, ended } of revocable) expect(ends(name), name).toEqual(expect.arrayContaining(ended));
});
