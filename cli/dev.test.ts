import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withCompileCache } from "#test/compile-cache.ts";
import { freePort } from "#test/ports.ts";

/** Compiling a page on a busy machine. */
const COMPILE_TIMEOUT_MS = 300_000;

let root: string;
let latchkey: ChildProcess;
let output = "";
let portal: string;
let verifier: string;

beforeEach(async () => {
  // A copy of the sources, because the test edits them. Inside the project, so that node_modules is found.
  mkdirSync(".scratch", { recursive: true });
  root = mkdtempSync(resolve(".scratch/dev-"));
  const tracked = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  })
    .split("\0")
    .filter(Boolean);
  for (const path of tracked) {
    // Next takes the folder of the lock file for the root of the project.
    if (/^(docs|e2e|bench|test|package-lock)\b/.test(path) || path.endsWith(".test.ts")) continue;
    cpSync(path, join(root, path));
  }
  const [port, verifierPort] = [await freePort(), await freePort()];
  portal = `http://127.0.0.1:${port}`;
  verifier = `http://127.0.0.1:${verifierPort}`;
  output = "";
  latchkey = spawn(process.execPath, ["cli/main.ts", "dev"], {
    cwd: root,
    env: {
      NODE_ENV: "development",
      PATH: process.env.PATH,
      ...withCompileCache(),
      LATCHKEY_DATA_DIR: join(root, "data"),
      PORT: String(port),
      VERIFIER_PORT: String(verifierPort),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [latchkey.stdout, latchkey.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
});
afterEach(async () => {
  if (latchkey.exitCode === null && latchkey.signalCode === null) {
    latchkey.kill("SIGTERM");
    await once(latchkey, "close");
  }
  rmSync(root, { recursive: true });
});

function edit(file: string, from: RegExp, to: string): void {
  const path = join(root, file);
  const source = readFileSync(path, "utf8");
  expect(source).toMatch(from);
  writeFileSync(path, source.replace(from, to));
}

/** As `npm run db:generate` does. */
function addMigration(sql: string): void {
  const folder = join(root, "db/migrations/sqlite");
  writeFileSync(join(folder, "9999_of_dev_test.sql"), sql);
  const path = join(folder, "meta/_journal.json");
  const journal: { entries: { idx: number; when: number }[] } = JSON.parse(readFileSync(path, "utf8"));
  const last = journal.entries.at(-1);
  const next = { ...last, idx: journal.entries.length, when: (last?.when ?? 0) + 1, tag: "9999_of_dev_test" };
  writeFileSync(path, JSON.stringify({ ...journal, entries: [...journal.entries, next] }));
}

/** Command lines, with their process ids, of all processes that run in the copy. */
function processes(): string[] {
  const lines = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => {
    try {
      return readlinkSync(`/proc/${line.trim().split(" ")[0]}/cwd`).startsWith(root);
    } catch {
      return false;
    }
  });
}
const verifierProcess = () => processes().find((line) => line.includes("verifier/main.ts"));

const textOf = (url: string) => fetch(url).then((response) => response.text());
const answers = (url: string) =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );
const isReady = () => answers(`${verifier}/readyz`);
const isServing = () => answers(`${portal}/api/auth/csrf`);

test("npm run dev serves the demo, shows edits of pages, restarts the verifier after edits, applies migrations, and ends with Ctrl-C", async () => {
  await expect.poll(() => output, { timeout: COMPILE_TIMEOUT_MS }).toContain("ready in");
  expect(await textOf(`${portal}/sign-in`)).toContain("<title>");
  // Next.js compiles a route with parameters in a process that it forks.
  expect(await isServing()).toBe(true);
  expect(await isReady()).toBe(true);

  edit("app/(auth)/sign-in/page.tsx", /title: text\.title/, 'title: "Edited title"');
  await expect
    .poll(() => textOf(`${portal}/sign-in`), { timeout: COMPILE_TIMEOUT_MS })
    .toContain("Edited title");

  const before = verifierProcess();
  edit("core/denials.ts", /^/, "// edited\n");
  await expect
    .poll(() => output, { timeout: 30_000 })
    .toContain("verifier | its code has changed; restarting it");
  await expect.poll(() => verifierProcess() ?? before, { timeout: 30_000 }).not.toBe(before);
  await expect.poll(isReady, { timeout: 30_000 }).toBe(true);

  addMigration("create table of_dev_test (id integer primary key)");
  await expect.poll(() => output, { timeout: 30_000 }).toContain("applied 1 migration");
  await expect.poll(isReady, { timeout: 30_000 }).toBe(true);
  expect(output).not.toContain("is not up to date");

  // Like a browser that waits for updates of the page, once the portal has started again.
  await expect.poll(isServing, { timeout: COMPILE_TIMEOUT_MS }).toBe(true);
  const updates = new WebSocket(`${portal.replace("http", "ws")}/_next/hmr`);
  await Promise.race([
    once(updates, "open"),
    once(updates, "error").then(([error]) => Promise.reject(error)),
  ]);
  latchkey.kill("SIGINT");
  const [code] = await once(latchkey, "close");
  expect(code, output).toBe(0);
  expect(processes()).toEqual([]);
}, 900_000);
