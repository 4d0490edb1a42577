import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { generateToken } from "#core/tokens.ts";
import { openDb } from "#db/open.ts";
import { makeTestDatabase } from "../db.ts";
import { makeApi, makeServiceToken } from "../people.ts";
import { startVerifier } from "../verifier-process.ts";

/** See docs/operate/scale.md: 10 for lookups, 1 for the change feed, 2 for aggregation, 1 to LISTEN. */
const MAX_CONNECTIONS = 14;
const CALLERS = 200;
const CALLS = 2_000;

test("a flood of unknown keys uses at most 14 Postgres connections per verifier", async () => {
  const url = await makeTestDatabase("postgres");
  const db = await openDb(url, { poolSize: 1 });
  const dir = await mkdtemp(join(tmpdir(), "latchkey-connections-"));
  await makeApi(db, "badges");
  const { token } = await makeServiceToken(db);
  const verifier = await startVerifier({ DATABASE_URL: url, LATCHKEY_DATA_DIR: dir });
  const seen: number[] = [];
  let isRunning = true;
  const watch = async () => {
    while (isRunning) {
      const [row] = await db.read.q
        .select({ count: sql<number>`count(*)`.mapWith(Number) })
        .from(sql`pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`);
      seen.push(row?.count ?? 0);
    }
  };
  const watching = watch();
  let left = CALLS;
  const caller = async () => {
    while (left-- > 0) {
      const response = await fetch(`${verifier.url}/api/v1/keys/verify`, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body: JSON.stringify({ key: generateToken("lk", "live"), api: "badges" }),
      });
      expect([200, 503]).toContain(response.status);
      await response.arrayBuffer();
    }
  };
  try {
    await Promise.all(Array.from({ length: CALLERS }, caller));
  } finally {
    isRunning = false;
    await watching;
    await verifier.stop();
    await db.close();
    await rm(dir, { recursive: true, force: true });
  }
  expect(Math.max(...seen)).toBeLessThanOrEqual(MAX_CONNECTIONS);
  // The feed, aggregation and LISTEN connections are always open.
  expect(Math.max(...seen)).toBeGreaterThanOrEqual(3);
});
