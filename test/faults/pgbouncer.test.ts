import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { recordChange } from "#db/changes.ts";
import { connectClient } from "#db/connect.ts";
import { migrateDb } from "#db/migrate.ts";
import { type PgBouncer, startPgBouncer } from "../pgbouncer.ts";
import { adminQuery, withDatabase } from "../postgres.ts";
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

test("behind PgBouncer, no open transaction blocks the change feed", async () => {
  const rows = await deployment.db.write(async (tx) => {
    await recordChange(tx, { kind: "key", subject: "unknown" }, Date.now());
    const setting = sql<string>`current_setting('idle_in_transaction_session_timeout')`;
    return tx.q.select({ setting }).from(sql`(select 1) as one`);
  });
  expect(rows).toEqual([{ setting: "15s" }]);
});

async function lastQueryOf(application: string): Promise<string | undefined> {
  const client = await connectClient(direct);
  const statement = "select query from pg_stat_activity where application_name = $1";
  const { rows } = await client.query<{ query: string }>(statement, [application]);
  await client.end();
  return rows[0]?.query;
}
