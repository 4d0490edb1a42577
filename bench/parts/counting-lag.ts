import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { migrateDb } from "#db/migrate.ts";
import { openDb } from "#db/open.ts";
import { storeSegments } from "#engine/aggregation/store-segments.ts";
import { startPostgres } from "#test/postgres.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import type { LiveTraffic, Waiting } from "../lib/live-journal.ts";
import { fillKeys } from "../lib/million-keys.ts";

const TRAFFIC = { keys: 100_000, perSecond: 50_000 };
const SECONDS = 300;

/** How far counting stays behind traffic of many keys, on both databases with a million keys. */
export async function measureCountingLag(): Promise<Goal[]> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  const server = await startPostgres();
  try {
    const goals: Goal[] = [];
    for (const [name, url] of [
      ["Postgres", server.url],
      ["SQLite", `file:${join(folder, "latchkey.db")}`],
    ] as const) {
      await migrateDb(url);
      await fillKeys(url);
      goals.push(await measureLag(name, url, { ...TRAFFIC, seconds: SECONDS }));
    }
    return goals;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Counts live traffic for `seconds`, as a verifier does. */
export async function measureLag(
  name: string,
  url: string,
  { keys, perSecond, seconds }: typeof TRAFFIC & { seconds: number },
): Promise<Goal> {
  const dir = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  const db = await openDb(url, { poolSize: 2 });
  const waiting: Waiting[] = [];
  const traffic = new Worker(new URL("../lib/live-journal.ts", import.meta.url), {
    workerData: { dir, keys, perSecond } satisfies LiveTraffic,
  });
  traffic.on("message", (message: Waiting) => waiting.push(message));
  try {
    const startedAt = performance.now();
    const cycles: number[] = [];
    let counted = 0;
    while (performance.now() - startedAt < seconds * 1_000) {
      const cycleAt = performance.now();
      counted += await storeSegments(db, dir, Date.now);
      cycles.push((performance.now() - cycleAt) / 1_000);
      // Verifiers rest at least as long between two cycles.
      await sleep(1_000);
    }
    const took = (performance.now() - startedAt) / 1_000;
    const half = waiting.slice(Math.floor(waiting.length / 2));
    return {
      name: `Counting behind ${shown(keys)} keys at ${shown(perSecond)} checks/s: the longest wait, ${name}`,
      measured: Math.max(...waiting.map((one) => one.seconds)),
      limit: 120,
      is: "at most",
      unit: "s",
      details: [
        `${shown(took)} s, ${shown(counted / took)} checks counted a second, ${cycles.length} cycles, median ${shown(median(cycles))} s`,
        `the longest wait in the second half of the time: ${shown(Math.max(...half.map((one) => one.seconds)))} s`,
        `at most ${shown(Math.max(...waiting.map((one) => one.segments)))} seconds of journal waited`,
      ],
    };
  } finally {
    await traffic.terminate();
    await db.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
