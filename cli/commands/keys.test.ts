import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Db, openDb } from "#db/open.ts";
import { run, runInProcess, setUpDataDir } from "#test/cli.ts";
import { makeTestDatabase } from "#test/db.ts";
import { hashedTokens } from "#test/imported-hashes.ts";
import { makeProject, makeUser } from "#test/people.ts";
import { importFile } from "./keys.ts";

setUpDataDir();

const folder = mkdtempSync(join(tmpdir(), "latchkey-import-"));
let db: Db;
let base: string;
let env: { DATABASE_URL: string };

beforeAll(async () => {
  env = { DATABASE_URL: await makeTestDatabase() };
  db = await openDb(env.DATABASE_URL);
  const { email, ...owner } = await makeUser(db);
  const projectId = await makeProject(db, { ...owner });
  base = `--project ${projectId} --user ${email} --prefix old_ --length 36`;
});
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test("a CSV file is imported with a mapping of its columns, and repeating it changes nothing", async () => {
  const rows = hashedTokens("bcrypt", 3).map(
    ({ hash }, at) => `key ${at},${hash.value},${hash.lookup},cus_${at},pro`,
  );
  const path = fileOf("keys.csv", ["title,hash,lookup,customer,plan", ...rows].join("\n"));
  const map = "--map title=name --map customer=externalId --map plan=metadata.plan";
  const command = `keys import ${path} ${base} ${map} --set environment=live --set algorithm=bcrypt`;
  expect(await runInProcess(`${command} --dry-run`, env)).toMatchObject({
    code: 0,
    out: [1, 2, 3]
      .map((row) => `row ${row}: would be created\n`)
      .concat("3 would be created, 0 unchanged, 0 failed\n")
      .join(""),
  });
  expect(await db.read.q.$count(db.read.t.keys)).toBe(0);
  expect(await run(command, env)).toMatchObject({ code: 0, out: "3 created, 0 unchanged, 0 failed\n" });
  expect(await db.read.q.select().from(db.read.t.keys)).toMatchObject([
    { name: expect.any(String), externalId: expect.stringMatching(/^cus_/), metadata: { plan: "pro" } },
    {},
    {},
  ]);
  expect(await runInProcess(command, env)).toMatchObject({
    code: 0,
    out: "0 created, 3 unchanged, 0 failed\n",
  });
  expect(existsSync(`${path}.progress`)).toBe(false);
});

test("lines of JSON are imported, failed rows are named, and a rerun continues after what is done", async () => {
  const hashed = hashedTokens("sha256", 601);
  const line = (at: number) =>
    JSON.stringify({ name: `json ${at}`, environment: "test", hash: hashed[at]?.hash });
  const lines = hashed.map((_, at) =>
    at === 550 ? JSON.stringify({ name: "bad", environment: "test", token: "old_secret" }) : line(at),
  );
  const path = fileOf("keys.jsonl", lines.join("\n"));
  const ran = await runInProcess(`keys import ${path} ${base}`, env);
  expect(ran.code).toBe(1);
  expect(ran.out).toBe("600 created, 0 unchanged, 1 failed\n");
  expect(ran.err).toContain("row 551: token: ");
  expect(ran.err).toContain("500 of 601 rows");
  expect(ran.err).not.toContain("old_secret");
});

test("a dry run prints the result of each row, as text or as JSON, and imports nothing", async () => {
  const [known, fresh] = hashedTokens("scrypt", 2);
  const row = (name: string, fields: object) => JSON.stringify({ name, environment: "live", ...fields });
  const first = fileOf("first.jsonl", row("known", { hash: known?.hash }));
  const { out } = await runInProcess(`keys import ${first} ${base} --json`, env);
  const [created, totals] = out
    .split("\n")
    .slice(0, 2)
    .map((line) => JSON.parse(line));
  expect(created).toMatchObject({ row: 0, status: "created", keyId: expect.stringMatching(/^key_/) });
  expect(totals).toEqual({ dryRun: false, created: 1, unchanged: 0, failed: 0 });

  const rows = [
    row("known", { hash: known?.hash }),
    row("bad", { token: "old_secret" }),
    row("new", { hash: fresh?.hash }),
  ];
  const command = `keys import ${fileOf("rows.jsonl", rows.join("\n"))} ${base} --dry-run`;
  const ran = await runInProcess(command, env);
  expect(ran.code).toBe(1);
  expect(ran.out.split("\n")).toEqual([
    `row 1: unchanged, the key ${created.keyId} has its token`,
    expect.stringMatching(/^row 2: token: /),
    "row 3: would be created",
    "1 would be created, 1 unchanged, 1 failed",
    "",
  ]);
  expect(ran.err).not.toContain("row 2");
  const lines = (await runInProcess(`${command} --json`, env)).out.trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { row: 0, status: "unchanged", keyId: created.keyId },
    { row: 1, status: "failed", code: "INVALID", errors: [{ path: "token" }] },
    { row: 2, status: "created", keyId: null },
    { dryRun: true, created: 1, unchanged: 1, failed: 1 },
  ]);
  expect((await db.read.q.select().from(db.read.t.keys)).map(({ name }) => name)).not.toContain("new");
});

test("an interrupted import continues where it stopped", async () => {
  const { ImportProgress } = await import("../import/progress.ts");
  const text = hashedTokens("sha512", 4)
    .map(({ hash }, at) => JSON.stringify({ name: `part ${at}`, environment: "test", hash }))
    .join("\n");
  const path = fileOf("part.jsonl", text);
  const [, projectId = ""] = /--project (\S+)/.exec(base) ?? [];
  const shape = { prefix: "old_", minLength: 36, maxLength: 36 };
  new ImportProgress(path, [text, JSON.stringify([projectId, shape, [], []])]).advance(3);
  const ran = await runInProcess(`keys import ${path} ${base}`, env);
  expect(ran.err).toContain("resuming after 3 rows");
  expect(ran.out).toBe("1 created, 0 unchanged, 0 failed\n");
  // Another file of the same name starts at its beginning.
  new ImportProgress(path, [text, "another"]).advance(3);
  expect((await runInProcess(`keys import ${path} ${base}`, env)).out).toBe(
    "3 created, 1 unchanged, 0 failed\n",
  );
});

test("a file whose progress can't be kept is imported all the same", async () => {
  const rows = hashedTokens("hmac-sha256", 502).map(({ token }, at) => ({
    name: `piped ${at}`,
    environment: "test",
    token,
  }));
  const path = fileOf("piped.jsonl", rows.map((row) => JSON.stringify(row)).join("\n"));
  mkdirSync(`${path}.progress.new`);
  const ran = await runInProcess(`keys import ${path} ${base}`, env);
  expect(ran).toMatchObject({ code: 0, out: "502 created, 0 unchanged, 0 failed\n" });
  expect(ran.err.split("can't be written")).toHaveLength(2);
});

test("after an interruption, rows that failed before it are tried again", async () => {
  const { ImportProgress } = await import("../import/progress.ts");
  const [one] = hashedTokens("sha512", 1);
  const rows = [
    { name: "good", environment: "live", hash: one?.hash },
    { name: "bad", environment: "live", token: "old_secret" },
  ];
  const path = fileOf("failed.jsonl", rows.map((row) => JSON.stringify(row)).join("\n"));
  vi.spyOn(ImportProgress.prototype, "finish").mockImplementationOnce(() => {
    throw new Error("killed");
  });
  vi.stubEnv("DATABASE_URL", env.DATABASE_URL);
  const [, project = "", user = ""] = /--project (\S+) --user (\S+)/.exec(base) ?? [];
  const options = { project, user, prefix: "old_", length: "36", map: [], set: [] };
  await expect(importFile(path, options)).rejects.toThrow("killed");
  await expect(importFile(path, options)).rejects.toThrow("some rows failed");
  vi.unstubAllEnvs();
});

test.each([
  ["a missing file", null, {}, /can't be read: it does not exist/],
  ["an unknown field", "name\na", { map: ["name=shade"] }, /--map: there is no field shade/],
  ["an unknown column", "name\na", { map: ["shade=name"] }, /--map: the file has no column shade/],
  ["a mapping for JSON", "{}", { map: ["a=name"] }, /--map: only for CSV/],
  ["half a pair", "name\na", { set: ["name"] }, /--set: write it as name=value/],
  ["no length", "name\na", { prefix: "old_" }, /--length: give one number or a range/],
  ["a short length", "name\na", { length: "3" }, /--shape.minLength: At least 16/],
  ["no rows", "name\n", {}, /the file has no rows/],
])("%s is one line of error", async (_, text, options, message) => {
  const path = text === null ? join(folder, "missing.csv") : fileOf("wrong.csv", text);
  const all = { project: "prj_a", user: "a@example.com", map: [], set: [], ...options };
  await expect(importFile(path, all)).rejects.toThrow(message);
});
