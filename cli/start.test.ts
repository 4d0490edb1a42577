import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withCompileCache } from "#test/compile-cache.ts";
import { makeEmptyDatabase } from "#test/db.ts";
import { freePort } from "#test/ports.ts";

const CLI = new URL("./main.ts", import.meta.url).pathname;
/** A start may have to build the portal first, on a busy machine. */
const START_TIMEOUT_MS = 400_000;
const RESTART_TIMEOUT_MS = 30_000;

let dataDir: string;
let latchkey: ChildProcess;
let output = "";
let portal: string;
let verifier: string;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "latchkey-start-"));
  const [port, verifierPort] = [await freePort(), await freePort()];
  portal = `http://127.0.0.1:${port}`;
  verifier = `http://127.0.0.1:${verifierPort}`;
  output = "";
  latchkey = spawn(process.execPath, [CLI, "start"], {
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      ...withCompileCache(),
      LATCHKEY_DIST_DIR: process.env.LATCHKEY_DIST_DIR ?? "",
      LATCHKEY_DATA_DIR: dataDir,
      LATCHKEY_HOST: "127.0.0.1",
      DATABASE_URL: await makeEmptyDatabase(),
      AUTH_SECRET: "s".repeat(32),
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
  if (latchkey.exitCode === null) {
    latchkey.kill("SIGTERM");
    await once(latchkey, "close");
  }
  rmSync(dataDir, { recursive: true });
});

const answers = (url: string) =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );

/** The id of the supervisor's child that runs this file. */
function pidOf(file: string): number {
  const pids = execFileSync("ps", ["-o", "pid=", "--ppid", String(latchkey.pid)], { encoding: "utf8" });
  const found = pids
    .split("\n")
    .map((line) => line.trim())
    .filter((pid) => pid && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(file));
  return Number(found[0]);
}

test("npm start migrates, prints the link for the first administrator, and restarts either process", async () => {
  await expect.poll(() => output, { timeout: START_TIMEOUT_MS }).toContain("ready in");
  expect(output).toMatch(/http:\S+\/setup\?token=\w{40}/);
  expect(await answers(`${portal}/api/openapi.json`)).toBe(true);
  expect(await answers(`${verifier}/readyz`)).toBe(true);

  const verifierPid = pidOf("verifier/main.ts");
  process.kill(pidOf("server/main.ts"), "SIGKILL");
  await expect.poll(() => answers(`${portal}/livez`), { timeout: RESTART_TIMEOUT_MS }).toBe(false);
  expect(await answers(`${verifier}/readyz`)).toBe(true);
  await expect.poll(() => answers(`${portal}/api/openapi.json`), { timeout: RESTART_TIMEOUT_MS }).toBe(true);
  expect(pidOf("verifier/main.ts")).toBe(verifierPid);

  const portalPid = pidOf("server/main.ts");
  process.kill(verifierPid, "SIGKILL");
  await expect.poll(() => answers(`${verifier}/livez`), { timeout: RESTART_TIMEOUT_MS }).toBe(false);
  expect(await answers(`${portal}/livez`)).toBe(true);
  await expect.poll(() => answers(`${verifier}/readyz`), { timeout: RESTART_TIMEOUT_MS }).toBe(true);
  expect(pidOf("server/main.ts")).toBe(portalPid);

  latchkey.kill("SIGINT");
  latchkey.kill("SIGINT");
  const [code] = await once(latchkey, "close");
  expect(code, output).toBe(0);
  expect(await answers(`${portal}/livez`)).toBe(false);
  expect(await answers(`${verifier}/livez`)).toBe(false);
}, 600_000);
