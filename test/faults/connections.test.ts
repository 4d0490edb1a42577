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

/** As docs/operate/scale.md has it: 10 for look-ups, 1 for the change feed, 2 for counting, 1 that listens. */
const CONNECTIONS_MOST = 14;
const CALLERS = 200;
const CALLS = 2_000;

test("a storm of unknown keys never takes more of Postgres than a verifier's 14 connections", async () => {
  const url = await makeTestDatabase("postgres");
  const db = await openDb(url, { poolSize: 1 });
  const dir = await mkdtemp(join(tmpdir(), "latchkey-connections-"));
  await makeApi(db, "badges");
  const { token } = await makeServiceToken(db);
  const verifier = await startVerifier({ DATABASE_URL: url, LATCHKEY_DATA_DIR: dir });
  const seen: number[] = [];
  let storming = true;
  const watch = async () => {
    while (storming) {
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
    storming = false;
    await watching;
    await verifier.stop();
    await db.close();
    await rm(dir, { recursive: true, force: true });
  }
  expect(Math.max(...seen)).toBeLessThanOrEqual(CONNECTIONS_MOST);
  // The feed, the counting and the listening are there all along.
  expect(Math.max(...seen)).toBeGreaterThanOrEqual(3);
});
