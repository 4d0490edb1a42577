import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort } from "#test/ports.ts";
import { ensureBuild, ROOT } from "./build.ts";

const NOBODY = 65_534;
const asNobody = { uid: NOBODY, gid: NOBODY };

/** Only root can start a process as another user, and that user must be able to read the installation. */
function canRun(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    execFileSync(process.execPath, ["cli/main.ts", "--version"], { cwd: ROOT, ...asNobody, stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

let dataDir: string;
let latchkey: ChildProcess | undefined;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "latchkey-read-only-"));
  chownSync(dataDir, NOBODY, NOBODY);
});
afterEach(async () => {
  if (latchkey && latchkey.exitCode === null && latchkey.signalCode === null) {
    latchkey.kill("SIGTERM");
    await once(latchkey, "close");
  }
  rmSync(dataDir, { recursive: true });
});

const status = (url: string) =>
  fetch(url).then(
    (response) => response.status,
    () => 0,
  );

test.runIf(canRun())(
  "npm start works for a user that can't write into the installation, and writes only into the data directory",
  async () => {
    await ensureBuild();
    const [port, verifierPort] = [await freePort(), await freePort()];
    let output = "";
    latchkey = spawn("npm", ["start"], {
      cwd: ROOT,
      ...asNobody,
      env: {
        NODE_ENV: "production",
        PATH: process.env.PATH,
        LATCHKEY_DIST_DIR: process.env.LATCHKEY_DIST_DIR ?? "",
        HOME: dataDir,
        LATCHKEY_DATA_DIR: join(dataDir, "data"),
        LATCHKEY_HOST: "127.0.0.1",
        LATCHKEY_METRICS_PORT: String(await freePort()),
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
    await expect.poll(() => output, { timeout: 120_000 }).toContain("ready in");
    expect(output).not.toContain("Building");
    expect(output).not.toMatch(/EACCES|EROFS|EPERM/);
    expect(await status(`http://127.0.0.1:${port}/sign-in`)).toBe(200);
    expect(await status(`http://127.0.0.1:${verifierPort}/readyz`)).toBe(200);
    latchkey.kill("SIGTERM");
    await once(latchkey, "close");
    const owned = ["-path", "./node_modules/.cache", "-prune", "-o", "-user", String(NOBODY), "-print"];
    expect(execFileSync("find", [".", ...owned], { cwd: ROOT, encoding: "utf8" })).toBe("");
  },
  600_000,
);
