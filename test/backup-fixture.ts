import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { stableJson } from "#cli/backup/tables.ts";
import { type Db, openDb } from "#db/open.ts";
import { seedDemo } from "#demo/seed.ts";
import { sealAudit } from "#domain/audit/seal.ts";
import { runWordsInProcess } from "./cli.ts";
import { withCompileCache } from "./compile-cache.ts";
import { makeTestDatabase } from "./db.ts";
import { dump } from "./verbs/verb-fixture.ts";

const CLI = new URL("../cli/main.ts", import.meta.url).pathname;

/** The site whose backups the tests take. `setUpSite` sets `url` and `db`; `folder` is empty at the start of each test. */
export const site = { url: "", folder: "" } as { url: string; folder: string; db: Db };

/** Creates a new folder for each test. */
export function setUpFolder(): void {
  beforeEach(() => {
    site.folder = mkdtempSync(join(tmpdir(), "latchkey-backup-"));
  });
  afterEach(() => rmSync(site.folder, { recursive: true }));
}

/** Creates a site with `checks` requests that the tests of a file share, and a new folder for each test. */
export function setUpSite(checks: number): void {
  beforeAll(async () => {
    site.url = await makeTestDatabase();
    site.db = await openDb(site.url);
    await seedDemo({ db: site.db, nowMs: Date.now(), checks });
    await sealAudit(site.db);
  }, 120_000);
  afterAll(() => site.db.close());
  setUpFolder();
}

export interface Ran {
  code: number;
  out: string;
  err: string;
}

function environment(databaseUrl: string): NodeJS.ProcessEnv {
  const dataDir = join(site.folder, "data");
  return {
    NODE_ENV: "test",
    PATH: process.env.PATH,
    DATABASE_URL: databaseUrl,
    LATCHKEY_DATA_DIR: dataDir,
    ...withCompileCache(),
  };
}

/** Runs a command of the CLI on a database. */
export const run = (databaseUrl: string, ...args: string[]) =>
  new Promise<Ran>((resolve) => {
    execFile(process.execPath, [CLI, ...args], { env: environment(databaseUrl) }, (error, out, err) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    );
  });

/** Like `run`, but in this process: see `runInProcess` of test/cli.ts. */
export const runInProcess = (databaseUrl: string, ...args: string[]): Promise<Ran> =>
  runWordsInProcess(args, environment(databaseUrl));

export const backupPath = () => join(site.folder, "backup");

export async function backUp(databaseUrl = site.url, ...args: string[]): Promise<void> {
  expect(await runInProcess(databaseUrl, "backup", backupPath(), ...args)).toMatchObject({
    code: 0,
    err: "",
  });
}

/** Everything that a copy keeps, except the tables in `left`. Sessions end, and the audit log gains a row. */
export async function contents(at: Db, left: readonly string[] = []): Promise<Record<string, unknown>> {
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

export async function withCopy<T>(copyUrl: string, work: (copy: Db) => Promise<T>): Promise<T> {
  const copy = await openDb(copyUrl, { poolSize: 2 });
  try {
    return await work(copy);
  } finally {
    await copy.close();
  }
}
