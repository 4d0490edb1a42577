import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { data, run, setUpDataDir } from "#test/cli.ts";
import { makeTestDatabase } from "#test/db.ts";

setUpDataDir();

test("doctor names files that other users of the machine can read, and the command that restricts them", async () => {
  const env = { DATABASE_URL: await makeTestDatabase() };
  const journal = join(data.dir, "journal");
  mkdirSync(journal);
  writeFileSync(join(journal, "segment"), "");
  chmodSync(join(journal, "segment"), 0o644);
  for (const path of [data.dir, journal]) chmodSync(path, 0o755);
  const bad = await run("doctor", env);
  expect(bad.out).toContain(
    `FAIL files: other users of this machine can read 1 file, such as ${journal}/segment; run: chmod -R o-rwx ${data.dir}`,
  );
  chmodSync(data.dir, 0o700);
  expect((await run("doctor", env)).out).toContain("ok   files: other users of this machine cannot read");
});

test("doctor does not create a missing database", async () => {
  const ran = await run("doctor", { DATABASE_URL: `file:${data.dir}/none.db` });
  expect(ran.code).toBe(1);
  expect(ran.out).toMatch(/FAIL database: file:.*none\.db does not exist yet; run migrate/);
  expect(readdirSync(data.dir)).toEqual([]);
});
