import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { childrenOf } from "#test/child-processes.ts";
import { withCompileCache } from "#test/compile-cache.ts";
import { makeTestDatabase } from "#test/db.ts";
import { freePort } from "#test/ports.ts";
import { isProcessAlive } from "#test/process-alive.ts";

let dataDir: string;
let npm: ChildProcess;
let url: string;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "latchkey-npm-"));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  npm = spawn("npm", ["run", "-s", "latchkey", "--", "verifier", "--workers", "1"], {
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      ...withCompileCache(),
      HOME: process.env.HOME,
      DATABASE_URL: await makeTestDatabase(),
      LATCHKEY_DATA_DIR: dataDir,
      LATCHKEY_HOST: "127.0.0.1",
      LATCHKEY_METRICS_PORT: String(await freePort()),
      VERIFIER_PORT: String(port),
    },
    stdio: "ignore",
  });
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const answers = () =>
  fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  );

test.each(["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"] as const)(
  "%s to npm alone ends every process that it started",
  async (signal) => {
    await expect.poll(answers, { timeout: 60_000 }).toBe(true);
    const pids = childrenOf(npm.pid ?? 0);
    expect(pids.length).toBeGreaterThan(1);
    const exited = once(npm, "exit");
    npm.kill(signal);
    await exited;
    await expect.poll(() => pids.filter(isProcessAlive), { timeout: 20_000 }).toEqual([]);
    expect(await answers()).toBe(false);
  },
  90_000,
);
