import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateDb } from "#db/migrate.ts";
import { openDb } from "#db/open.ts";
import { storeSegments } from "#engine/aggregation/store-segments.ts";
import { startPostgres } from "#test/postgres.ts";
import { type Goal, shown } from "../lib/goal.ts";
import { fillKeys, fillUsage, NOW } from "../lib/million-keys.ts";
import { writeJournal } from "../lib/write-journal.ts";
import { measurePages } from "./scale-pages.ts";

/** The traffic whose journal is counted: checks a second, of this many keys, for so many seconds. */
const TRAFFIC = { perSecond: 50_000, keys: 100_000, seconds: 30 };

/** The pages of administrators and the usage figures of a site with a million keys, on both databases. */
export async function measureScale(): Promise<Goal[]> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  const server = await startPostgres();
  try {
    const goals: Goal[] = [];
    for (const [name, url] of [
      ["SQLite", `file:${join(folder, "latchkey.db")}`],
      ["Postgres", server.url],
    ] as const) {
      await migrateDb(url);
      await fillKeys(url);
      await fillUsage(url);
      goals.push(...(await measurePages(name, url)), await measureCounted(name, url, folder));
    }
    return goals;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Counts half a minute of journal that waits, as after an outage of the database. */
async function measureCounted(name: string, url: string, folder: string): Promise<Goal> {
  const dir = mkdtempSync(join(folder, "journal-"));
  const { segments, bytes } = writeJournal(dir, { ...TRAFFIC, fromMs: NOW });
  const db = await openDb(url, { poolSize: 2 });
  try {
    const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
    const counted = await storeSegments(db, dir, () => NOW);
    const seconds = (performance.now() - startedAt) / 1_000;
    const cpu = process.cpuUsage(cpuBefore);
    return {
      name: `Checks counted a second, ${shown(TRAFFIC.keys)} keys at ${shown(TRAFFIC.perSecond)} checks/s, ${name}`,
      measured: counted / seconds,
      limit: TRAFFIC.perSecond,
      is: "at least",
      unit: "checks/s",
      details: [
        `${shown(counted)} checks in ${segments} segments (${shown(bytes / 1e6)} MB) in ${shown(seconds)} s`,
        `${shown((cpu.user + cpu.system) / 1e6)} s of processor time in this process, the rest in the database`,
      ],
    };
  } finally {
    await db.close();
    rmSync(dir, { recursive: true });
  }
}
