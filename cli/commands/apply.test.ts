import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Db, openDb } from "#db/open.ts";
import { run, runInProcess, setUpDataDir } from "#test/cli.ts";
import { makeTestDatabase } from "#test/db.ts";
import { makeAdmin } from "#test/people.ts";

setUpDataDir();

const folder = mkdtempSync(join(tmpdir(), "latchkey-apply-"));
const path = join(folder, "latchkey.yaml");
let db: Db;
let env: { DATABASE_URL: string };
let user: string;
beforeAll(async () => {
  env = { DATABASE_URL: await makeTestDatabase() };
  db = await openDb(env.DATABASE_URL);
  user = `--user ${(await makeAdmin(db)).email}`;
});
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a file is planned, applied with each secret printed once, and an export changes nothing when it is applied", async () => {
  const keys = "[{ name: checkout, environment: live }]";
  writeFileSync(path, `version: 1\nprojects:\n  - { name: Chat, keys: ${keys} }\n`);
  const apply = (options: string) => runInProcess(`apply -f ${path} ${user} ${options}`, env);
  const planned = await apply("--dry-run");
  expect(planned).toMatchObject({ code: 0 });
  expect(planned.out).toBe(
    'create project Chat\n    name: "Chat"\ncreate key Chat / checkout (live)\n2 steps\n',
  );
  const unconfirmed = await apply("");
  expect(unconfirmed).toMatchObject({ code: 1, out: "" });
  expect(unconfirmed.err).toContain("add --yes");
  // As a process, which must also end.
  const applied = await run(`apply -f ${path} ${user} --yes --json`, env);
  const lines = applied.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    { action: "create", kind: "project", name: "Chat", done: true },
    {
      action: "create",
      kind: "key",
      name: "Chat / checkout (live)",
      done: true,
      secret: expect.stringMatching(/^lk_live_/),
    },
  ]);
  const exported = await run(`export ${user}`, env);
  expect(exported.out).not.toContain("lk_live_");
  writeFileSync(path, exported.out);
  expect(await apply("--yes --prune")).toMatchObject({ code: 0, out: "nothing to change\n" });
  writeFileSync(path, "version: 1\nprojects: [{ name: Chat, key: [] }]");
  const wrong = await apply("--yes");
  expect(wrong).toMatchObject({ code: 1, out: "" });
  expect(wrong.err).toContain("projects.0.key: is not a field of a declaration");
});
