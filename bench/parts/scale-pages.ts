import { DAY_MS } from "#core/time.ts";
import { openDb } from "#db/open.ts";
import { listAllKeys } from "#domain/admin/keys.ts";
import { readSiteOverview } from "#domain/admin/overview.ts";
import { listAllKeysSchema } from "#domain/admin/schema.ts";
import { recountKeyTotals } from "#domain/admin/totals.ts";
import type { Ctx } from "#domain/context.ts";
import { listDenials } from "#domain/keys/denials/list.ts";
import { listDenialsSchema } from "#domain/keys/denials/schema.ts";
import { listUnusedKeys } from "#domain/keys/lifecycle/unused/list.ts";
import { listUnusedSchema } from "#domain/keys/lifecycle/unused/schema.ts";
import { search } from "#domain/search/search.ts";
import { storeHourSums } from "#domain/usage/hour-sums.ts";
import { readUsage } from "#domain/usage/read.ts";
import { readUsageSchema } from "#domain/usage/schema.ts";
import { asAdmin } from "../lib/admin.ts";
import { type Goal, median, shown } from "../lib/goal.ts";
import { HOURS_DAYS, KEYS, NOW } from "../lib/million-keys.ts";

const TIMES = 15;
/** Names, parts of names and hints, an id, the start of every hint, one and two letters, and texts that no key has. */
const SEARCHES = [
  "checkout",
  "artner",
  "partner 999",
  "mport 4242",
  "1f2e",
  "lk_live_1f2e",
  "key_0500000",
  "zzqx",
  "größe",
  "ch",
  "c",
  "zz",
];
/** Filters of the list of all keys that many keys match, and some that none does. */
const FILTERS = [
  {},
  { status: "revoked" },
  { status: "expired" },
  { status: "disabled" },
  { environment: "test" },
  { restricted: "none" },
  { unusedForDays: 90 },
  { secretOlderThanDays: 365 },
  { secretNewerThanDays: 1 },
  { leaked: "true" },
];

/** The pages and responses of a site with a million keys, on one database that is filled. */
export async function measurePages(name: string, url: string): Promise<Goal[]> {
  const db = await openDb(url);
  try {
    const ctx = await asAdmin(db, () => NOW);
    return [
      await measureOverview(name, ctx),
      await measureDenials(name, ctx),
      await measureUnused(name, ctx),
      await measureSearch(name, ctx),
      await measureKeyList(name, ctx),
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

async function measureUnused(name: string, ctx: Ctx): Promise<Goal> {
  const input = listUnusedSchema.parse({ unusedForDays: 90 });
  return pageGoal(
    `Unused keys at ${shown(KEYS)} keys, ${name}`,
    await timesOf(() => listUnusedKeys({ ctx, input })),
    150,
  );
}

function measureSearch(name: string, ctx: Ctx): Promise<Goal> {
  return slowestOf(
    `Search of an administrator among ${shown(KEYS)} keys, the slowest of ${SEARCHES.length} texts, ${name}`,
    SEARCHES.map((query) => [`“${query}”`, () => search({ ctx, input: { query } })]),
  );
}

function measureKeyList(name: string, ctx: Ctx): Promise<Goal> {
  const filters = [...SEARCHES.map((q) => ({ q })), ...FILTERS];
  return slowestOf(
    `List of all keys, the slowest of ${filters.length} searches and filters, ${name}`,
    filters.map((filter) => [
      JSON.stringify(filter),
      () => listAllKeys({ ctx, input: listAllKeysSchema.parse(filter) }),
    ]),
  );
}

async function measureUsage(name: string, ctx: Ctx): Promise<Goal[]> {
  const startedAt = performance.now();
  await storeHourSums(ctx.db, NOW, async () => {});
  const adding = performance.now() - startedAt;
  const read = async (interval: "day" | "hour", days: number, what: string): Promise<Goal> => {
    const input = readUsageSchema.parse({
      projectId: "prj_1",
      groupBy: "key",
      interval,
      from: new Date(NOW - days * DAY_MS).toISOString(),
      to: new Date(NOW).toISOString(),
    });
    const [first = Number.NaN] = await timesOf(() => readUsage({ ctx, input }), 1);
    const times = await timesOf(() => readUsage({ ctx, input }));
    const usage = await readUsage({ ctx, input });
    const next = { ...input, cursor: usage.nextCursor ?? undefined };
    const nextTimes = await timesOf(() => readUsage({ ctx, input: next }));
    return {
      ...pageGoal(`Usage of 100 million requests of 1,000 keys, ${what}, ${name}`, times, 200),
      details: [
        `${shown(usage.total)} requests; ${usage.series.length} series of ${shown(usage.groups)} keys`,
        `${shown(Buffer.byteLength(JSON.stringify(usage)) / 1_000)} kB; the first time in a process ${shown(first)} ms; next page ${shown(median(nextTimes))} ms`,
        `the daily job that adds up hours took ${shown(adding / 1_000)} s`,
      ],
    };
  };
  return [
    await read("day", 90, "90 days by key"),
    await read("hour", HOURS_DAYS, `${HOURS_DAYS} days by key and hour`),
  ];
}

async function slowestOf(name: string, works: [what: string, work: () => Promise<unknown>][]): Promise<Goal> {
  const times: [what: string, ms: number][] = [];
  for (const [what, work] of works) times.push([what, median(await timesOf(work))]);
  return {
    ...pageGoal(name, [Math.max(...times.map(([, ms]) => ms))], 150),
    details: times.map(([what, ms]) => `${what}: ${shown(ms)} ms`),
  };
}

async function timesOf(work: () => Promise<unknown>, count = TIMES): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n++) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times;
}

function pageGoal(name: string, times: number[], limit: number): Goal {
  return { name, measured: median(times), limit, is: "at most", unit: "ms", details: [] };
}
