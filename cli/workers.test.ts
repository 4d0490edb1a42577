import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Db, openDb } from "#db/open.ts";
import { makeTestDatabase } from "#test/db.ts";
import {
  ctxOf,
  enableFor,
  makeAdmin,
  makeApi,
  makeKey,
  makeProject,
  makeServiceToken,
} from "#test/people.ts";
import { freePort } from "#test/ports.ts";
import { metricValues } from "#test/prometheus.ts";

let db: Db;
let dataDir: string;
let url: string;
let child: ChildProcess;
let output = "";

beforeEach(async () => {
  url = await makeTestDatabase();
  db = await openDb(url);
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-workers-"));
});
afterEach(async () => {
  if (child.exitCode === null) {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }
  await db.close();
  await rm(dataDir, { recursive: true, force: true });
});

function start(workers: string, port: number): void {
  output = "";
  child = spawn(process.execPath, ["cli/main.ts", "verifier", "--workers", workers], {
    env: {
      ...process.env,
      DATABASE_URL: url,
      LATCHKEY_DATA_DIR: dataDir,
      LATCHKEY_HOST: "127.0.0.1",
      VERIFIER_PORT: String(port),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
}

test("two workers share a port and the quota of a key, and stop together", async () => {
  const admin = await makeAdmin(db);
  const projectId = await makeProject(db, admin);
  await makeApi(db, "badges");
  await enableFor(db, projectId, "badges");
  const limits = { quota: { limit: 10, period: "month" } };
  const { secret } = await makeKey(ctxOf(db, admin), projectId, { limits });
  const { token } = await makeServiceToken(db);
  // The shared port, and one for each worker.
  const port = await freePort(3);
  start("2", port);
  await expect.poll(() => output, { timeout: 90_000 }).toContain("2 verifiers listen");
  const ask = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/keys/verify`, {
      method: "POST",
      // A new connection each time, which the kernel distributes.
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", Connection: "close" },
      body: JSON.stringify({ key: secret, api: "badges" }),
    });
    return (await response.json()).code;
  };
  const codes: string[] = [];
  for (let call = 0; call < 40; call++) codes.push(await ask());
  expect(codes.filter((code) => code === "VALID")).toHaveLength(10);
  const answered = async (own: number) => {
    const metrics = await (await fetch(`http://127.0.0.1:${own + 1_000}/metrics`)).text();
    return metricValues(metrics).get('latchkey_request_duration_seconds_count{kind="single"}') ?? 0;
  };
  const each = [await answered(port + 1), await answered(port + 2)];
  expect(each[0]).toBeGreaterThan(0);
  expect(each[1]).toBeGreaterThan(0);
  expect((each[0] ?? 0) + (each[1] ?? 0)).toBe(40);
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
  await expect(fetch(`http://127.0.0.1:${port}/livez`)).rejects.toThrow();
}, 180_000);

test("--workers rejects a value that is not a number", async () => {
  start("many", await freePort());
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
  expect(output).toContain("--workers must be a number from 1 to 64");
});
