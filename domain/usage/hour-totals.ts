import { LRUCache } from "lru-cache";
import { DAY_MS, startOf } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { UsageFilter } from "#engine/usage/types.ts";
import { filterOf, type RequestFilter } from "./count.ts";
import type { UsageRange } from "./range.ts";

/** The requests of the hours of one day, and of the whole day when they were read. */
interface ReadDay {
  hours: [startMs: number, checks: number][];
  total: number;
}

/** A day takes about a kilobyte. */
const MAX_DAYS = 5_000;

/** By the database that was read: a process of tests has several. */
const readDays = new WeakMap<Scope, LRUCache<string, ReadDay>>();

/**
 * The requests of a range by hour. A month of a project with a thousand keys has a million hourly counts, so the sums of
 * whole days are kept in memory. A day is read again when its total has changed: a late request is added to its day and
 * its hour in one transaction, and counts never fall.
 */
export async function hourTotals(
  scope: Scope,
  filter: RequestFilter,
  range: UsageRange,
): Promise<Map<number, number>> {
  const { buckets: _, ...matching } = filterOf(filter, range);
  const [from, to] = [Math.ceil(range.from / DAY_MS) * DAY_MS, startOf(DAY_MS, range.to)];
  // The keys of an external ID can change without a request.
  if (from >= to || filter.externalId !== undefined) return new Map(await sumHours(scope, matching, [range]));
  const days = await sumUsage(scope, {
    ...matching,
    buckets: [{ interval: "day", from, to }],
    by: ["bucket"],
    sums: ["checks"],
  });
  const cache = readDays.get(scope) ?? new LRUCache<string, ReadDay>({ max: MAX_DAYS });
  readDays.set(scope, cache);
  const nameOf = (day: number) => `${day} ${JSON.stringify(matching)}`;
  const isKnown = ({ bucket, checks }: { bucket: number; checks: number }) =>
    cache.get(nameOf(bucket))?.total === checks;
  const missing = days.filter((day) => !isKnown(day)).sort((a, b) => a.bucket - b.bucket);
  const edges = [
    { from: range.from, to: from },
    { from: to, to: range.to },
  ].filter((edge) => edge.from < edge.to);
  const hours = await sumHours(scope, matching, [...edges, ...spansOf(missing.map(({ bucket }) => bucket))]);
  const read = Map.groupBy(hours, ([at]) => startOf(DAY_MS, at));
  for (const { bucket, checks } of missing) {
    const day = read.get(bucket) ?? [];
    // Requests were counted between the two queries, or some hours of the day are no longer stored.
    if (day.reduce((sum, [, count]) => sum + count, 0) !== checks) continue;
    cache.set(nameOf(bucket), { hours: day, total: checks });
  }
  const known = days.filter((day) => !missing.includes(day));
  return new Map([...hours, ...known.flatMap(({ bucket }) => cache.get(nameOf(bucket))?.hours ?? [])]);
}

async function sumHours(
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
function spansOf(days: readonly number[]): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last?.to === day) last.to += DAY_MS;
    else spans.push({ from: day, to: day + DAY_MS });
  }
  return spans;
}
