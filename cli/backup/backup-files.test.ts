import {
  appendFileSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { withLock } from "#platform/lock.ts";
import { backUp, backupPath, type Ran, run, runInProcess, setUpSite, site } from "#test/backup-fixture.ts";
import { makeEmptyDatabase } from "#test/db.ts";

/* What backups do with files and directories. `backup.test.ts` has what they do with the database. */

// Each test starts several commands, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });
setUpSite(100);

test("a backup never overwrites anything, and a damaged one is not restored", async () => {
  await backUp();
  expect(await runInProcess(site.url, "backup", backupPath())).toMatchObject({
    code: 1,
    err: expect.stringMatching(/not empty/),
  });
  const restored = await makeEmptyDatabase();
  const file = join(backupPath(), "tables", "keys.jsonl.gz");
  appendFileSync(file, "x");
  const damaged = await runInProcess(restored, "restore", backupPath());
  expect(damaged.err).toMatch(/damaged: .*keys\.jsonl\.gz has another checksum/);
  rmSync(file);
  expect((await runInProcess(restored, "restore", backupPath())).err).toMatch(/damaged: .*can't be read/);
  writeFileSync(join(backupPath(), "manifest.json"), "{");
  expect((await runInProcess(restored, "restore", backupPath())).err).toMatch(/manifest\.json is damaged/);
  expect((await runInProcess(restored, "restore", site.folder)).err).toMatch(/not a complete backup/);
});

test("a backup that can't be written names its directory and the reason, and changes nothing", async () => {
  const file = join(site.folder, "file");
  writeFileSync(file, "text");
  for (const [target, reason] of [
    [file, "it is a file, or a part of its path is"],
    [join(file, "backup"), "it is a file, or a part of its path is"],
    [join(file, "below", "backup"), "it is a file, or a part of its path is"],
    ["/proc/backup", "the directory above it can't contain new ones"],
    ["/proc/backup/below", "the directory above it can't contain new ones"],
  ] as const) {
    expect(await runInProcess(site.url, "backup", target)).toEqual({
      code: 1,
      out: "",
      err: `latchkey: the backup can't be written to ${target}: ${reason}\n`,
    });
  }
  expect(readFileSync(file, "utf8")).toBe("text");
});

test("a restore from a path that is no backup says what the path is", async () => {
  const restored = await makeEmptyDatabase();
  const file = join(site.folder, "file");
  writeFileSync(file, "text");
  for (const [path, what] of [
    [join(site.folder, "none"), "does not exist"],
    [file, "is a file, and a backup is a directory"],
    [site.folder, "is not a complete backup: manifest.json can't be read: it does not exist"],
  ] as const) {
    const ran = await runInProcess(restored, "restore", path);
    expect(ran).toEqual({ code: 1, out: "", err: `latchkey: ${path} ${what}\n` });
  }
});

test("a backup whose time can't be recorded is complete, and the error says so", async () => {
  const file = join(site.folder, "data", "last-backup");
  mkdirSync(file, { recursive: true });
  const ran = await runInProcess(site.url, "backup", backupPath());
  rmSync(file, { recursive: true });
  expect(ran).toMatchObject({ code: 1, err: expect.stringContaining("the backup is complete, but") });
  const restored = await runInProcess(await makeEmptyDatabase(), "restore", backupPath());
  expect(restored).toMatchObject({ code: 0, err: "" });
});

test("the auth secret is in a backup only with a passphrase, and only that opens it", async () => {
  const dataDir = join(site.folder, "data");
  mkdirSync(dataDir);
  const secret = "a-secret-of-this-deployment-0123456789";
  writeFileSync(join(dataDir, "auth-secret"), secret, { mode: 0o600 });
  await backUp();
  expect(readdirSync(backupPath())).not.toContain("auth-secret.sealed");
  rmSync(backupPath(), { recursive: true });

  const [right, wrong] = [join(site.folder, "right"), join(site.folder, "wrong")];
  writeFileSync(right, "correct horse battery staple\n");
  writeFileSync(wrong, "incorrect horse battery staple\n");
  await backUp(site.url, "--passphrase-file", right);
  expect(readFileSync(join(backupPath(), "auth-secret.sealed"), "utf8")).not.toContain(secret);

  rmSync(join(dataDir, "auth-secret"));
  const restored = await makeEmptyDatabase();
  const denied = await run(restored, "restore", backupPath(), "--passphrase-file", wrong);
  expect(denied).toMatchObject({ code: 1, err: expect.stringMatching(/does not open/) });
  expect(await run(restored, "restore", backupPath(), "--passphrase-file", right)).toMatchObject({ code: 0 });
  expect(readFileSync(join(dataDir, "auth-secret"), "utf8")).toBe(secret);
  expect(statSync(join(dataDir, "auth-secret")).mode & 0o777).toBe(0o600);
});

test("a backup that is killed leaves no directory that looks complete, and the next one removes the rest", async () => {
  const journal = join(site.folder, "data", "journal");
  const held = join(journal, ".starting-backup-1");
  const partial = `${backupPath()}.partial-1`;
  for (const left of [held, partial]) mkdirSync(left, { recursive: true });
  expect((await run(site.url, "restore", partial)).err).toMatch(/not a complete backup/);
  await backUp();
  expect(readdirSync(journal)).toEqual([]);
  expect(readdirSync(site.folder).sort()).toEqual(["backup", "data"]);
});

test("a backup waits for another run to the same path, and leaves what that one writes", async () => {
  const lock = join(site.folder, "data", "backup.lock");
  const partial = `${backupPath()}.partial-${process.pid}`;
  let second: Promise<Ran> | undefined;
  // What the first run does.
  await withLock(lock, async () => {
    mkdirSync(partial);
    second = run(site.url, "backup", backupPath());
    await expect
      .poll(() => readdirSync(join(site.folder, "data")).filter((name) => name.startsWith("backup.lock.")), {
        timeout: 60_000,
      })
      .toHaveLength(2);
    writeFileSync(join(partial, "manifest.json"), "of the first");
    renameSync(partial, backupPath());
  });
  expect(await second).toMatchObject({ code: 1, err: expect.stringMatching(/is not empty; each backup/) });
  expect(readFileSync(join(backupPath(), "manifest.json"), "utf8")).toBe("of the first");
  expect(readdirSync(site.folder).sort()).toEqual(["backup", "data"]);
});

if (process.getuid?.() === 0) {
  test("only the owner of the data directory can back up and restore", async () => {
    mkdirSync(join(site.folder, "data"));
    chownSync(join(site.folder, "data"), 65_534, 65_534);
    for (const command of ["backup", "restore"]) {
      const ran = await run(site.url, command, backupPath());
      expect(ran).toMatchObject({
        code: 1,
        err: expect.stringMatching(/belongs to another user \(uid 65534\)/),
      });
    }
  });
}
