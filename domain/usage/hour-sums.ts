import { and, asc, eq, gt, inArray, isNull, lt, sql } from "drizzle-orm";
import { DAY_MS, HOUR_MS, startOf } from "#core/time.ts";
import type { Db, Scope } from "#db/open.ts";
import { deleteBatch } from "#db/portable-sql.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { UsageFilter } from "#engine/usage/types.ts";

/** The requests of the hours of one day, and of the whole day when they were added up. */
export interface DaySum {
  hours: [startMs: number, checks: number][];
  total: number;
}

/** The hours of a month of fewer series are added up in a few milliseconds, so they are not stored. */
const MIN_SERIES = 200;
/** How many days are added up in advance. Views of longer ranges are by the day. */
const DAYS = 35;
/** Days that are added up by one query: on SQLite, a query blocks the whole process. */
const DAYS_PER_QUERY = 3;
/** Less than hours are kept (`docs/operate/retention.md`). */
const KEEP_DAYS = 90;
const PAGE = 100;

/** What was stored about whole days of a project. A day is out of date if its total has changed since. */
export async function readHourSums(
  { q, t }: Scope,
  projectId: string,
  days: readonly number[],
): Promise<Map<number, DaySum>> {
  if (days.length === 0) return new Map();
  const { usageHourSums: sums } = t;
  const rows = await q
    .select({ day: sums.day, hours: sums.hours, total: sums.total })
    .from(sums)
    .where(and(eq(sums.projectId, projectId), inArray(sums.day, days.map(numberOf))));
  return new Map(
    rows.map(({ day, hours, total }) => {
      const startMs = day * DAY_MS;
      const counted = hours.flatMap((checks, hour): DaySum["hours"] =>
        checks > 0 ? [[startMs + hour * HOUR_MS, checks]] : [],
      );
      return [startMs, { hours: counted, total }];
    }),
  );
}

/**
 * Adds up the hours of the last days of large projects, so that no reader has to: a month of a thousand keys has a
 * million hourly counts. Days whose total has changed since are added up again. Can be repeated and interrupted.
 * Returns how many days it stored.
 */
export async function storeHourSums(
  db: Db,
  nowMs: number,
  checkpoint: () => Promise<void>,
): Promise<{ days: number }> {
  let days = 0;
  for (let after: string | undefined = ""; after !== undefined; ) {
    const page = await projectsAfter(db.read, after);
    for (const id of page) {
      if (await isLarge(db.read, id)) days += await storeProject(db, id, { nowMs, checkpoint });
    }
    await checkpoint();
    after = page.length < PAGE ? undefined : page.at(-1);
  }
  const { usageHourSums } = db.read.t;
  const first = numberOf(startOf(DAY_MS, nowMs)) - KEEP_DAYS;
  while ((await deleteBatch(db, usageHourSums, lt(usageHourSums.day, first), PAGE)) === PAGE)
    await checkpoint();
  return { days };
}

/** The requests of the hours in the spans. */
export async function sumHours(
  scope: Scope,
  matching: Omit<UsageFilter, "buckets">,
  spans: readonly { from: number; to: number }[],
): Promise<[number, number][]> {
  if (spans.length === 0) return [];
  const rows = await sumUsage(scope, {
    ...matching,
    buckets: spans.map(({ from, to }) => ({ interval: "hour", from, to })),
    by: ["bucket"],
    sums: ["checks"],
  });
  return rows.map(({ bucket, checks }) => [bucket, checks]);
}

/** Days in order, as few spans as possible. */
export function spansOf(days: readonly number[]): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last?.to === day) last.to += DAY_MS;
    else spans.push({ from: day, to: day + DAY_MS });
  }
  return spans;
}

/** The hours by day. Without those whose sum is not the day's total: requests were counted between the two queries. */
export function completeDays(
  hours: readonly [number, number][],
  totals: readonly { bucket: number; checks: number }[],
): Map<number, DaySum> {
  const byDay = Map.groupBy(hours, ([at]) => startOf(DAY_MS, at));
  const complete = new Map<number, DaySum>();
  for (const { bucket, checks } of totals) {
    const day = byDay.get(bucket) ?? [];
    if (day.reduce((sum, [, count]) => sum + count, 0) === checks)
      complete.set(bucket, { hours: day, total: checks });
  }
  return complete;
}

async function projectsAfter({ q, t: { projects } }: Scope, after: string): Promise<string[]> {
  const rows = await q
    .select({ id: projects.id })
    .from(projects)
    .where(and(gt(projects.id, after), isNull(projects.deletedAt)))
    .orderBy(asc(projects.id))
    .limit(PAGE);
  return rows.map(({ id }) => id);
}

/** Always false with ClickHouse, which stores its series itself. */
async function isLarge({ q, t: { usageSeries } }: Scope, projectId: string): Promise<boolean> {
  const [beyond] = await q
    .select({ one: sql`1` })
    .from(usageSeries)
    .where(eq(usageSeries.projectId, projectId))
    .offset(MIN_SERIES - 1)
    .limit(1);
  return beyond !== undefined;
}

async function storeProject(
  db: Db,
  projectId: string,
  { nowMs, checkpoint }: { nowMs: number; checkpoint: () => Promise<void> },
): Promise<number> {
  const to = startOf(DAY_MS, nowMs);
  const matching = { where: { projectId: [projectId] } };
  const totals = await sumUsage(db.read, {
    ...matching,
    buckets: [{ interval: "day", from: to - DAYS * DAY_MS, to }],
    by: ["bucket"],
    sums: ["checks"],
  });
  await checkpoint();
  const known = await readHourSums(
    db.read,
    projectId,
    totals.map(({ bucket }) => bucket),
  );
  const missing = totals
    .filter(({ bucket, checks }) => known.get(bucket)?.total !== checks)
    .sort((a, b) => a.bucket - b.bucket);
  let stored = 0;
  for (let at = 0; at < missing.length; at += DAYS_PER_QUERY) {
    const some = missing.slice(at, at + DAYS_PER_QUERY);
    const hours = await sumHours(db.read, matching, spansOf(some.map(({ bucket }) => bucket)));
    const days = completeDays(hours, some);
    await store(db, projectId, days);
    stored += days.size;
    await checkpoint();
  }
  return stored;
}

async function store(db: Db, projectId: string, days: ReadonlyMap<number, DaySum>): Promise<void> {
  if (days.size === 0) return;
  const rows = [...days].map(([startMs, { hours, total }]) => {
    const counts = Array.from({ length: DAY_MS / HOUR_MS }, () => 0);
    for (const [at, checks] of hours) counts[(at - startMs) / HOUR_MS] = checks;
    return { projectId, day: numberOf(startMs), total, hours: counts };
  });
  await db.write(({ q, t: { usageHourSums: sums } }) =>
    q
      .insert(sums)
      .values(rows)
      .onConflictDoUpdate({
        target: [sums.day, sums.projectId],
        set: { total: sql`excluded.total`, hours: sql`excluded.hours` },
      }),
  );
}

function numberOf(dayMs: number): number {
  return Math.floor(dayMs / DAY_MS);
}
