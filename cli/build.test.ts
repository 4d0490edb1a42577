import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { childrenOf } from "#test/child-processes.ts";
import { isProcessAlive } from "#test/process-alive.ts";

let distDir: string;
let latchkey: ChildProcess;

beforeEach(() => {
  // Inside the project, as Next requires.
  mkdirSync(".scratch", { recursive: true });
  distDir = mkdtempSync(".scratch/build-");
  latchkey = spawn(process.execPath, ["cli/main.ts", "build"], {
    env: { ...process.env, LATCHKEY_DIST_DIR: distDir },
    stdio: "ignore",
  });
});
afterEach(() => {
  latchkey.kill("SIGKILL");
  // With the lock and the settings of this build.
  const cached = globSync(`node_modules/.cache/latchkey/*${basename(distDir)}*`);
  for (const path of [distDir, ...cached]) rmSync(path, { recursive: true, force: true });
});

const commandOf = (pid: number) =>
  execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });

test("a build ends with the process that started it, even by SIGKILL", async () => {
  const builds = () => childrenOf(latchkey.pid ?? 0).filter((pid) => commandOf(pid).startsWith("next-build"));
  await expect.poll(builds, { timeout: 60_000 }).toHaveLength(1);
  const started = childrenOf(latchkey.pid ?? 0);
  const exited = once(latchkey, "exit");
  latchkey.kill("SIGKILL");
  await exited;
  await expect.poll(() => started.filter(isProcessAlive), { timeout: 20_000 }).toEqual([]);
}, 90_000);
