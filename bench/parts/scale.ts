import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateDb } from "#db/migrate.ts";
import { openDb } from "#db/open.ts";
import { readSiteOverview } from "#domain/admin/overview.ts";
import { recountKeyTotals } from "#domain/admin/totals.ts";
import type { Ctx } from "#domain/context.ts";
import { listDenials } from "#domain/keys/denials/list.ts";
import { listDenialsSchema } from "#domain/keys/denials/schema.ts";
import { findAnything } from "#domain/search/find.ts";
import { readUsage } from "#domain/usage/read.ts";
import { readUsageSchema } from "#domain/usage/schema.ts";
import { storeSegments } from "#engine/aggregation/store-segments.ts";
import { startPostgres } from "#test/postgres.ts";
import { asAdmin } from "../lib/admin.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import { DAY_MS, fillKeys, fillUsage, HOURS_DAYS, KEYS, NOW } from "../lib/million-keys.ts";
import { writeJournal } from "../lib/write-journal.ts";

const TIMES = 15;
/** The traffic whose journal is counted: checks a second, of this many keys, for so many seconds. */
const TRAFFIC = { perSecond: 50_000, keys: 100_000, seconds: 30 };
/** Names, parts of hints, an id, and texts that no key has. */
const SEARCHES = ["checkout", "partner 999", "mport 4242", "1f2e", "key_0500000", "zzqx", "ch", "größe"];

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

/** The pages on one database that is filled. */
async function measurePages(name: string, url: string): Promise<Goal[]> {
  const db = await openDb(url);
  try {
    const ctx = await asAdmin(db, () => NOW);
    return [
      await measureOverview(name, ctx),
      await measureDenials(name, ctx),
      await measureSearch(name, ctx),
      ...(await measureUsage(name, ctx)),
    ];
  } finally {
    await db.close();
  }
}

async function measureOverview(name: string, ctx: Ctx): Promise<Goal> {
  const startedAt = performance.now();
  await recountKeyTotals({ ...ctx, now: Date.now });
  const counting = performance.now() - startedAt;
  const times = await timesOf(() => readSiteOverview({ ctx, input: {} }));
  return {
    ...pageGoal(`Admin overview at ${shown(KEYS)} keys, ${name}`, times, 200),
    details: [`the job that counts the keys took ${shown(counting / 1_000)} s`],
  };
}

async function measureDenials(name: string, ctx: Ctx): Promise<Goal> {
  const input = listDenialsSchema.parse({ projectId: "prj_1" });
  return pageGoal(
    `Denied requests of a project at ${shown(KEYS)} keys, ${name}`,
    await timesOf(() => listDenials({ ctx, input })),
    150,
  );
}

async function measureUsage(name: string, ctx: Ctx): Promise<Goal[]> {
  const read = (interval: "day" | "hour", days: number) => {
    const input = readUsageSchema.parse({
      projectId: "prj_1",
      groupBy: "key",
      interval,
      from: new Date(NOW - days * DAY_MS).toISOString(),
      to: new Date(NOW).toISOString(),
    });
    return timesOf(() => readUsage({ ctx, input }));
  };
  return [
    pageGoal(`Usage of a project with 1 000 keys, 90 days by key, ${name}`, await read("day", 90), 200),
    pageGoal(
      `Usage of it, ${HOURS_DAYS} days by key and hour, ${name}`,
      await read("hour", HOURS_DAYS),
      1_000,
    ),
  ];
}

async function measureSearch(name: string, ctx: Ctx): Promise<Goal> {
  const times: [query: string, ms: number][] = [];
  for (const query of SEARCHES) {
    times.push([query, median(await timesOf(() => findAnything({ ctx, input: { query } })))]);
  }
  return {
    ...pageGoal(
      `Search of an administrator among ${shown(KEYS)} keys, the slowest of ${SEARCHES.length} texts, ${name}`,
      [Math.max(...times.map(([, ms]) => ms))],
      150,
    ),
    details: times.map(([query, ms]) => `“${query}”: ${shown(ms)} ms`),
  };
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

async function timesOf(work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < TIMES; n++) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times;
}

function pageGoal(name: string, times: number[], limit: number): Goal {
  return { name, measured: median(times), limit, is: "at most", unit: "ms", details: [] };
}
