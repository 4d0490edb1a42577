import type { LRUCache } from "lru-cache";
import { DAY_MS, startOf } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { UsageFilter } from "#engine/usage/types.ts";
import { leastRecent } from "#platform/least-recent.ts";
import { filterOf, type RequestFilter } from "./count.ts";
import { completeDays, type DaySum, readHourSums, spansOf, sumHours } from "./hour-sums.ts";
import type { UsageRange } from "./range.ts";

/** A day takes about a kilobyte. */
const MAX_DAYS = 5_000;

/** By the database that was read: a process of tests has several. */
const readDays = new WeakMap<Scope, LRUCache<string, DaySum>>();

type Matching = Omit<UsageFilter, "buckets">;
type Span = Pick<UsageRange, "from" | "to">;
/** By the start of the day. */
type DaySums = Map<number, DaySum>;
/** The requests of the day that starts at `bucket`, from the daily counts. */
type DayTotal = { bucket: number; checks: number };

/**
 * The requests of a range by hour. A month of a project with a thousand keys has a million hourly counts, so the sums of
 * whole days are kept: in memory, and in the database for all requests of a large project. A late request is added to its
 * day and its hour in one transaction, and counts never fall. So kept sums are up to date exactly if their total is that
 * of the daily counts. `wholeDaysTotal` is that total for the whole days of the range. If it differs from the kept sums,
 * or is missing, the total of each day is read.
 */
export async function hourTotals(
  scope: Scope,
  filter: RequestFilter,
  range: UsageRange,
  wholeDaysTotal?: number,
): Promise<Map<number, number>> {
  const { buckets: _, ...matching } = filterOf(filter, range);
  const whole = { from: Math.ceil(range.from / DAY_MS) * DAY_MS, to: startOf(DAY_MS, range.to) };
  // The keys of an external ID can change without a request.
  if (whole.from >= whole.to || filter.externalId !== undefined)
    return new Map(await sumHours(scope, matching, [range]));
  const memory = memoryOf(scope, matching);
  const { current, outdated } = await keptDays(scope, matching, { memory, whole, wholeDaysTotal });
  const edges = [
    { from: range.from, to: whole.from },
    { from: whole.to, to: range.to },
  ].filter((edge) => edge.from < edge.to);
  const unknown: Span[] = [];
  const found: [number, number][] = [];
  for (const edge of edges) {
    const day = await storedDayTotals(scope, matching, edge, memory);
    if (day === null) unknown.push(edge);
    else found.push(...day.hours.filter(([at]) => at >= edge.from && at < edge.to));
  }
  const spans = [...unknown, ...spansOf(outdated.map(({ bucket }) => bucket))];
  const hours = await sumHours(scope, matching, spans);
  // Not days of which some hours are no longer stored.
  memory.add([...current, ...completeDays(hours, outdated)]);
  return new Map([...found, ...hours, ...[...current.values()].flatMap((day) => day.hours)]);
}

/** What this process remembers of the requests that match. */
interface Memory {
  get(days: readonly number[]): DaySums;
  add(days: Iterable<[number, DaySum]>): void;
}

function memoryOf(scope: Scope, matching: Matching): Memory {
  const cache = readDays.get(scope) ?? leastRecent<DaySum>(MAX_DAYS);
  readDays.set(scope, cache);
  const filter = JSON.stringify(matching);
  const nameOf = (day: number) => `${day} ${filter}`;
  return {
    get(days) {
      const sums: DaySums = new Map();
      for (const day of days) {
        const sum = cache.get(nameOf(day));
        if (sum !== undefined) sums.set(day, sum);
      }
      return sums;
    },
    add(days) {
      for (const [day, sum] of days) cache.set(nameOf(day), sum);
    },
  };
}

/** The sums of whole days that are up to date, and the totals of the days whose sums are not kept, or out of date. */
async function keptDays(
  scope: Scope,
  matching: Matching,
  { memory, whole, wholeDaysTotal }: { memory: Memory; whole: Span; wholeDaysTotal: number | undefined },
): Promise<{ current: DaySums; outdated: DayTotal[] }> {
  const days = daysOf(whole);
  const remembered = memory.get(days);
  if (totalOf(remembered) === wholeDaysTotal) return { current: remembered, outdated: [] };
  const stored = await storedDays(scope, matching, days);
  const kept = new Map([...stored, ...remembered]);
  if (totalOf(kept) === wholeDaysTotal) return { current: kept, outdated: [] };
  const current: DaySums = new Map();
  const outdated: DayTotal[] = [];
  for (const day of await dayTotals(scope, matching, whole)) {
    const sum = [remembered, stored]
      .map((sums) => sums.get(day.bucket))
      .find((one) => one?.total === day.checks);
    if (sum === undefined) outdated.push(day);
    else current.set(day.bucket, sum);
  }
  return { current, outdated };
}

/** The sums of the whole day that contains a span; null if they are not kept or not up to date. */
async function storedDayTotals(
  scope: Scope,
  matching: Matching,
  span: Span,
  memory: Memory,
): Promise<DaySum | null> {
  const day = startOf(DAY_MS, span.from);
  const kept = memory.get([day]).get(day) ?? (await storedDays(scope, matching, [day])).get(day);
  if (kept === undefined) return null;
  const [total] = await dayTotals(scope, matching, { from: day, to: day + DAY_MS });
  if (total?.checks !== kept.total) return null;
  memory.add([[day, kept]]);
  return kept;
}

/** Those that are stored, of which some may be out of date. They are sums of all requests of a project. */
async function storedDays(
  scope: Scope,
  { where = {}, onlyDenied = false }: Matching,
  days: readonly number[],
): Promise<DaySums> {
  const { projectId: [projectId] = [], ...narrower } = where;
  const isWhole = !onlyDenied && Object.values(narrower).every((values) => values === undefined);
  if (projectId === undefined || !isWhole) return new Map();
  return readHourSums(scope, projectId, days);
}

/** The requests of each day that has some, in order. */
async function dayTotals(scope: Scope, matching: Matching, { from, to }: Span): Promise<DayTotal[]> {
  const days = await sumUsage(scope, {
    ...matching,
    buckets: [{ interval: "day", from, to }],
    by: ["bucket"],
    sums: ["checks"],
  });
  return days.sort((a, b) => a.bucket - b.bucket);
}

function daysOf({ from, to }: Span): number[] {
  return Array.from({ length: (to - from) / DAY_MS }, (_, at) => from + at * DAY_MS);
}

function totalOf(days: DaySums): number {
  return [...days.values()].reduce((sum, { total }) => sum + total, 0);
}
