import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Db, openDb } from "#db/open.ts";
import { startComposeNginx } from "#test/compose-nginx.ts";
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
import { startVerifier, type VerifierProcess } from "#test/verifier-process.ts";
import { countedChecks } from "../usage.ts";

const CALLERS = 8;

let db: Db;
let dir: string;
let databaseUrl: string;
let verifiers: VerifierProcess[] = [];
let nginx: ChildProcess | null = null;
let port: number;
let call: () => Promise<number>;

beforeEach(async () => {
  databaseUrl = await makeTestDatabase();
  db = await openDb(databaseUrl);
  dir = await mkdtemp(join(tmpdir(), "latchkey-rolling-"));
  const admin = await makeAdmin(db);
  const projectId = await makeProject(db, admin);
  await makeApi(db, "badges");
  await enableFor(db, projectId, "badges");
  const { secret } = await makeKey(ctxOf(db, admin), projectId);
  const { token } = await makeServiceToken(db);
  const agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const body = JSON.stringify({ key: secret, api: "badges" });
  call = () =>
    new Promise((done) => {
      const path = "/api/v1/keys/verify";
      const outgoing = request(
        { host: "127.0.0.1", port, path, method: "POST", headers, agent },
        (response) => {
          response.resume().on("end", () => done(response.statusCode ?? 0));
        },
      );
      outgoing.on("error", () => done(0)).end(body);
    });
});
afterEach(async () => {
  if (nginx) {
    const ended = once(nginx, "exit");
    nginx.kill("SIGTERM");
    await ended;
  }
  nginx = null;
  await Promise.all(verifiers.map((verifier) => verifier.stop()));
  verifiers = [];
  await db.close();
  await rm(dir, { recursive: true, force: true });
});

const start = (at: number, verifierPort?: number) =>
  startVerifier({
    DATABASE_URL: databaseUrl,
    LATCHKEY_DATA_DIR: join(dir, `verifier-${at}`),
    ...(verifierPort && { VERIFIER_PORT: String(verifierPort) }),
  });
const portOf = (verifier: VerifierProcess) => Number(new URL(verifier.url).port);

/** nginx with the configuration of compose.yaml, in front of these verifiers. */
async function startNginx(): Promise<void> {
  const hosts = verifiers.map((verifier) => `127.0.0.1:${portOf(verifier)}`);
  ({ child: nginx, port } = await startComposeNginx(dir, hosts));
  await vi.waitFor(async () => expect(await call()).toBe(200), { timeout: 10_000 });
}

test("a rolling restart of two verifiers behind nginx under load fails no request", async () => {
  verifiers = await Promise.all([start(0), start(1)]);
  await startNginx();
  const statuses = new Map<number, number>();
  let rolling = true;
  const caller = async () => {
    while (rolling) {
      const status = await call();
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  const load = Array.from({ length: CALLERS }, caller);
  for (const [at, verifier] of [...verifiers.entries()]) {
    await verifier.stop("SIGTERM");
    expect(verifier.child.exitCode).toBe(0);
    verifiers[at] = await start(at, portOf(verifier));
  }
  rolling = false;
  await Promise.all(load);
  expect([...statuses.keys()]).toEqual([200]);
  expect(statuses.get(200)).toBeGreaterThan(100);
  // Every response is counted once: those to the callers, and those to the readiness requests through nginx.
  const counted = () => countedChecks(db);
  const answered = statuses.get(200) ?? 0;
  await expect.poll(counted, { timeout: 15_000 }).toBeGreaterThanOrEqual(answered + 1);
  expect(await counted()).toBeLessThanOrEqual(answered + 3);
});
