import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { migrateDb } from "#db/migrate.ts";
import { openDb } from "#db/open.ts";
import { LastUses } from "#engine/aggregation/last-uses.ts";
import { storeSegments } from "#engine/aggregation/store-segments.ts";
import { startPostgres } from "#test/postgres.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import type { LiveTraffic, Waiting } from "../lib/live-journal.ts";
import { fillKeys } from "../lib/million-keys.ts";

const TRAFFIC = { keys: 100_000, perSecond: 50_000 };
const MINUTES = 5;
const SERVERS = {
  postgres: { name: "Postgres", start: startPostgres },
  sqlite: { name: "SQLite", start: startSqlite },
};
const DATABASES = ["postgres", "sqlite"] as const;
/** The longest wait is reported for each tenth of the time, which shows whether it grows. */
const PERIODS = 10;

/** How long traffic lasts, and which databases count it. */
export interface LagOptions {
  minutes: number;
  databases: readonly (typeof DATABASES)[number][];
}

/** The options as given on the command line. Throws if one is not valid. */
export function lagOptions({
  minutes,
  database,
}: Partial<Record<"minutes" | "database", string>>): LagOptions {
  const length = minutes === undefined ? MINUTES : Number(minutes);
  if (!(length > 0)) throw new Error(`--minutes must be a number above 0, and not ${minutes}`);
  const databases = DATABASES.filter((name) => database === undefined || name === database);
  if (databases.length === 0) throw new Error(`--database must be one of ${DATABASES.join(", ")}`);
  return { minutes: length, databases };
}

/** How far counting stays behind traffic of many keys, with a million keys in the database. */
export async function measureCountingLag({ minutes, databases }: LagOptions): Promise<Goal[]> {
  const goals: Goal[] = [];
  for (const database of databases) {
    const { name, start } = SERVERS[database];
    const { url, stop } = await start();
    try {
      await migrateDb(url);
      await fillKeys(url);
      goals.push(await measureLag(name, url, { ...TRAFFIC, seconds: minutes * 60 }));
    } finally {
      await stop();
    }
  }
  return goals;
}

function startSqlite(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  const stop = async () => rmSync(folder, { recursive: true, force: true });
  return Promise.resolve({ url: `file:${join(folder, "latchkey.db")}`, stop });
}

/** Counts live traffic for `seconds`, as a verifier does. */
export async function measureLag(
  name: string,
  url: string,
  { keys, perSecond, seconds }: typeof TRAFFIC & { seconds: number },
): Promise<Goal> {
  const dir = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  const db = await openDb(url, { poolSize: 2 });
  // Kept over all cycles, as in a verifier: otherwise each cycle would store the last use of every key.
  const lastUses = new LastUses();
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
      counted += await storeSegments(db, dir, Date.now, { lastUses });
      cycles.push((performance.now() - cycleAt) / 1_000);
      // Verifiers rest at least as long between two cycles.
      await sleep(1_000);
    }
    const took = (performance.now() - startedAt) / 1_000;
    const longest = (some: readonly Waiting[]) => Math.max(0, ...some.map((one) => one.seconds));
    const period = Math.max(1, Math.ceil(waiting.length / PERIODS));
    const periods = Array.from({ length: PERIODS }, (_, at) => waiting.slice(at * period, (at + 1) * period));
    return {
      name: `Counting behind ${shown(keys)} keys at ${shown(perSecond)} checks/s: the longest wait, ${name}`,
      measured: longest(waiting),
      limit: 120,
      is: "at most",
      unit: "s",
      details: [
        `${shown(took)} s, ${shown(counted / took)} checks counted a second, ${cycles.length} cycles, median ${shown(median(cycles))} s`,
        `the longest wait in each tenth of the time: ${periods.map((some) => shown(longest(some))).join(", ")} s`,
        `at most ${shown(Math.max(...waiting.map((one) => one.segments)))} seconds of journal waited`,
      ],
    };
  } finally {
    await traffic.terminate();
    await db.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
