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
let world: FaultDeployment;

beforeAll(async () => {
  const server = inject("postgres").serverUrl;
  pooler = await startPgBouncer(server);
  const name = `latchkey_pooled_${randomBytes(4).toString("hex")}`;
  await adminQuery(server, `create database ${name}`);
  direct = withDatabase(server, name);
  const pooled = pooler.through(direct);
  // At once, and once more when all are done: none waits for a lock that a connection of the pooler's has kept.
  await Promise.all([1, 2, 3].map(() => migrateDb(pooled)));
  await migrateDb(pooled);
  world = await startFaultDeployment(pooled);
}, TEST_TIMEOUT_MS);
afterAll(async () => {
  await world.remove();
  await pooler.stop();
});

test(
  "behind PgBouncer every change is known within a second, and every check is counted once",
  async () => {
    await world.start("polls");
    await world.start("listens", { LATCHKEY_LISTEN_URL: `${direct}?application_name=ear` });
    await world.begin();
    await pause(2 * FAULT_MS);
    await world.kill("polls");
    await world.start("polls again");
    await world.settle();
    expect(await lastQueryOf("ear")).toBe("listen latchkey_changes");
  },
  TEST_TIMEOUT_MS,
);

test("behind PgBouncer, no open transaction blocks the change feed", async () => {
  const within = await world.db.write(async (tx) => {
    await recordChange(tx, { kind: "key", subject: "nobody's" }, Date.now());
    const setting = sql<string>`current_setting('idle_in_transaction_session_timeout')`;
    return tx.q.select({ setting }).from(sql`(select 1) as one`);
  });
  expect(within).toEqual([{ setting: "15s" }]);
});

async function lastQueryOf(application: string): Promise<string | undefined> {
  const client = await connectClient(direct);
  const asked = "select query from pg_stat_activity where application_name = $1";
  const { rows } = await client.query<{ query: string }>(asked, [application]);
  await client.end();
  return rows[0]?.query;
}
