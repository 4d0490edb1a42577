import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { connectClient } from "#db/connect.ts";
import type { Db } from "#db/open.ts";
import { storeSegments } from "#engine/aggregation/store-segments.ts";
import { writeLine } from "#engine/journal/entry.ts";
import { claimAbandonedDirectories } from "#engine/journal/lease.ts";
import { backUp, backupPath, runInProcess, setUpSite, site, withCopy } from "#test/backup-fixture.ts";
import { makeEmptyDatabase, testDialect } from "#test/db.ts";
import { allowedCheck } from "#test/journal-entry.ts";
import { countedChecks } from "#test/usage.ts";
import { dump } from "#test/verbs/verb-fixture.ts";

// Each test starts several commands, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });
setUpSite(100);

const ANSWER = allowedCheck({ api: "only-in-the-journal" });

/** How many of those answers are counted. */
const answersIn = (at: Db) => countedChecks(at, { api: [ANSWER.api] });

test("answers that are not counted yet are counted exactly once after a restore", async () => {
  const journal = join(site.folder, "data", "journal");
  const dir = join(journal, "vrf_1");
  mkdirSync(dir, { recursive: true });
  const write = (name: string, lines: number) =>
    writeFileSync(join(dir, name), writeLine({ ...ANSWER, atMs: Date.now() }).repeat(lines));
  // Counted, but the process died before it deleted the file.
  write("seg_1.closed", 3);
  await storeSegments(site.db, dir, Date.now);
  write("seg_1.closed", 3);
  // Two uncounted segments: a complete one, and the one being written.
  write("seg_2.closed", 4);
  write("seg_3.open", 5);
  const before = await answersIn(site.db);
  await backUp();
  expect(readdirSync(journal)).toEqual(["vrf_1"]);
  expect(readdirSync(join(backupPath(), "journal")).sort()).toEqual([
    "seg_1.closed",
    "seg_2.closed",
    "seg_3.open",
  ]);

  const restored = await makeEmptyDatabase();
  rmSync(journal, { recursive: true });
  expect(await runInProcess(restored, "restore", backupPath())).toMatchObject({ code: 0 });
  await withCopy(restored, async (copy) => {
    expect(await answersIn(copy)).toBe(before);
    // As the next verifier does.
    const own = join(journal, "vrf_2");
    mkdirSync(own);
    await claimAbandonedDirectories(journal, own);
    await storeSegments(copy, own, Date.now);
    expect(await answersIn(copy)).toBe(before + 9);
  });
});

test("answers are counted once if a backup is restored twice before the start, besides the same journal", async () => {
  const journal = join(site.folder, "data", "journal");
  const killed = join(journal, "vrf_1");
  mkdirSync(killed, { recursive: true });
  const write = (name: string, lines: number) =>
    writeFileSync(join(killed, name), writeLine({ ...ANSWER, atMs: Date.now() }).repeat(lines));
  write("seg_11.closed", 4);
  write("seg_12.open", 5);
  const before = await answersIn(site.db);
  await backUp();
  // It was still written after the backup.
  write("seg_12.open", 7);
  const restored = await makeEmptyDatabase();
  for (const more of [[], ["--force"]]) {
    expect(await runInProcess(restored, "restore", backupPath(), ...more)).toMatchObject({ code: 0 });
  }
  await withCopy(restored, async (copy) => {
    const own = join(journal, "vrf_2");
    mkdirSync(own);
    await claimAbandonedDirectories(journal, own);
    await storeSegments(copy, own, Date.now);
    expect(await answersIn(copy)).toBe(before + 11);
    expect(await storeSegments(copy, own, Date.now)).toBe(0);
  });
});

if (testDialect() === "postgres") {
  test("a restore whose ANALYZE fails after the commit is complete, with the answers that are not counted yet", async () => {
    const journal = join(site.folder, "data", "journal");
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
    const ran = await runInProcess(restored, "restore", backupPath());
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
  const before = await dump(site.db);
  const script = join(site.folder, "restore-halfway.mjs");
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
  const halfway = spawn(process.execPath, [script, site.url], { stdio: ["ignore", "pipe", "inherit"] });
  await once(halfway.stdout, "data");
  expect(await dump(site.db)).toBe(before);
  halfway.kill("SIGKILL");
  await once(halfway, "close");
  expect(await dump(site.db)).toBe(before);
  // Nothing is left locked.
  expect(await runInProcess(site.url, "restore", backupPath(), "--force", "--keep-sessions")).toMatchObject({
    code: 0,
    err: "",
  });
});
