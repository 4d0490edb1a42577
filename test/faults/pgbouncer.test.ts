import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { generateToken } from "#core/tokens.ts";
import { recordChange } from "#db/changes.ts";
import { connectClient } from "#db/connect.ts";
import { migrateDb } from "#db/migrate.ts";
import { openDb } from "#db/open.ts";
import { enableFor, makeAdmin, makeApi, makeProject, makeServiceToken } from "../people.ts";
import { type PgBouncer, startPgBouncer } from "../pgbouncer.ts";
import { adminQuery, startOwnPostgres, withDatabase } from "../postgres.ts";
import { startVerifier } from "../verifier-process.ts";
import { type FaultDeployment, startFaultDeployment } from "./fault-deployment.ts";
import { FAULT_MS, pause, TEST_TIMEOUT_MS } from "./settings.ts";

let pooler: PgBouncer;
let direct: string;
let deployment: FaultDeployment;

beforeAll(async () => {
  const server = inject("postgres").serverUrl;
  pooler = await startPgBouncer(server);
  const name = `latchkey_pooled_${randomBytes(4).toString("hex")}`;
  await adminQuery(server, `create database ${name}`);
  direct = withDatabase(server, name);
  const pooled = pooler.through(direct);
  // Concurrently and then once more: none may wait for a lock that a pooled connection still holds.
  await Promise.all([1, 2, 3].map(() => migrateDb(pooled)));
  await migrateDb(pooled);
  deployment = await startFaultDeployment(pooled);
}, TEST_TIMEOUT_MS);
afterAll(async () => {
  await deployment.remove();
  await pooler.stop();
});

test(
  "behind PgBouncer every change is known within a second, and every check is counted once",
  async () => {
    await deployment.start("polls");
    await deployment.start("listens", { LATCHKEY_LISTEN_URL: `${direct}?application_name=listener` });
    await deployment.begin();
    await pause(2 * FAULT_MS);
    await deployment.kill("polls");
    await deployment.start("polls again");
    await deployment.stopAndVerify();
    expect(await lastQueryOf("listener")).toBe("listen latchkey_changes");
  },
  TEST_TIMEOUT_MS,
);

test("behind PgBouncer, the server ends long statements and idle transactions", async () => {
  const { db } = deployment;
  const select = {
    statement: sql<string>`current_setting('statement_timeout')`,
    idle: sql<string>`current_setting('idle_in_transaction_session_timeout')`,
  };
  const one = sql`(select 1) as one`;
  const inWrite = await db.write(async (tx) => {
    await recordChange(tx, { kind: "key", subject: "unknown" }, Date.now());
    return tx.q.select(select).from(one);
  });
  expect(inWrite).toEqual([{ statement: "15s", idle: "15s" }]);
  expect(await db.read.q.select(select).from(one)).toEqual([{ statement: "15s", idle: "15s" }]);
});

test(
  "behind PgBouncer, a verifier recovers within 2 seconds of Postgres's return",
  async () => {
    const server = await startOwnPostgres();
    // By default, PgBouncer itself waits 15 seconds between its attempts to connect.
    const pooler = await startPgBouncer(server.url, { server_login_retry: 1 });
    const url = pooler.through(server.url);
    await migrateDb(url);
    const db = await openDb(server.url);
    const projectId = await makeProject(db, await makeAdmin(db));
    await makeApi(db, "badges");
    await enableFor(db, projectId, "badges");
    const { token } = await makeServiceToken(db);
    await db.close();
    const dataDir = await mkdtemp(join(tmpdir(), "latchkey-pooled-"));
    const settings = { LATCHKEY_DATA_DIR: dataDir, LATCHKEY_STALE_MAX_SECONDS: "1" };
    const verifier = await startVerifier({ DATABASE_URL: url, ...settings });
    // Unknown each time, so that the verdict needs the database.
    const status = async () =>
      (
        await fetch(`${verifier.url}/api/v1/keys/verify`, {
          method: "POST",
          headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
          body: JSON.stringify({ key: generateToken("lk", "live"), api: "badges" }),
        })
      ).status;
    try {
      expect(await status()).toBe(200);
      await server.halt();
      const ready = async () => (await fetch(`${verifier.url}/readyz`)).status;
      await expect.poll(ready, { timeout: 10_000, interval: 20 }).toBe(503);
      await pause(3 * FAULT_MS);
      await server.start();
      await expect.poll(status, { timeout: 2_000, interval: 20 }).toBe(200);
    } finally {
      await verifier.stop("SIGKILL");
      await pooler.stop();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
  TEST_TIMEOUT_MS,
);

async function lastQueryOf(application: string): Promise<string | undefined> {
  const client = await connectClient(direct);
  const statement = "select query from pg_stat_activity where application_name = $1";
  const { rows } = await client.query<{ query: string }>(statement, [application]);
  await client.end();
  return rows[0]?.query;
}
