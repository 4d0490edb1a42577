import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Db } from "#db/open.ts";
import { parseSettings } from "#platform/settings.ts";
import { openTestDb } from "#test/db.ts";
import { composeEngine } from "./compose.ts";

let db: Db;
let dataDir: string;
beforeEach(async () => {
  db = await openTestDb();
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-compose-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

const compose = () =>
  composeEngine({
    db,
    settings: parseSettings({ DATABASE_URL: db.url, LATCHKEY_DATA_DIR: dataDir }, { needsAuthSecret: false }),
    address: "test",
    version: "1.0.0",
    mayServe: true,
    onFeedHealth() {},
    onRedisHealth() {},
    onApplied() {},
  });

/** The number of connections to the server; 0 for SQLite. */
async function connections(): Promise<number> {
  if (db.dialect === "sqlite") return 0;
  const rows = await db.read.q
    .select({ pid: sql<number>`pid` })
    .from(sql`pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`);
  return rows.length;
}

test("an engine that could not be opened leaves no connection behind, and can be opened later", async () => {
  const before = await connections();
  const inTheWay = join(dataDir, "journal");
  await writeFile(inTheWay, "");
  for (let attempt = 0; attempt < 3; attempt++) await expect(compose()).rejects.toThrow();
  await expect.poll(connections).toBe(before);

  await rm(inTheWay);
  const composed = await compose();
  let isCounted = false;
  await composed.stop(async () => {
    isCounted = true;
  });
  expect(isCounted).toBe(true);
  await expect.poll(connections).toBe(before);
});
