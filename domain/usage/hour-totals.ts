import { LRUCache } from "lru-cache";
import { DAY_MS, startOf } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { UsageFilter } from "#engine/usage/types.ts";
import { filterOf, type RequestFilter } from "./count.ts";
import { completeDays, type DaySum, readHourSums, spansOf, sumHours } from "./hour-sums.ts";
import type { UsageRange } from "./range.ts";

/** A day takes about a kilobyte. */
const MAX_DAYS = 5_000;

/** By the database that was read: a process of tests has several. */
const readDays = new WeakMap<Scope, LRUCache<string, DaySum>>();

/**
 * The requests of a range by hour. A month of a project with a thousand keys has a million hourly counts, so the sums of
 * whole days are kept: in memory, and in the database for all requests of a large project. A day is read again when its
 * total has changed: a late request is added to its day and its hour in one transaction, and counts never fall.
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
  const cache = readDays.get(scope) ?? new LRUCache<string, DaySum>({ max: MAX_DAYS });
  readDays.set(scope, cache);
  const nameOf = (day: number) => `${day} ${JSON.stringify(matching)}`;
  const known = new Map<number, DaySum>();
  const missing = () => days.filter(({ bucket }) => !known.has(bucket)).sort((a, b) => a.bucket - b.bucket);
  for (const { bucket, checks } of days) {
    const day = cache.get(nameOf(bucket));
    if (day?.total === checks) known.set(bucket, day);
  }
  const stored = await storedDays(scope, matching, missing());
  for (const [bucket, day] of stored) known.set(bucket, day);
  const edges = [
    { from: range.from, to: from },
    { from: to, to: range.to },
  ].filter((edge) => edge.from < edge.to);
  const unknown = missing();
  const hours = await sumHours(scope, matching, [...edges, ...spansOf(unknown.map(({ bucket }) => bucket))]);
  // Not of days of which some hours are no longer stored.
  for (const [bucket, day] of [...stored, ...completeDays(hours, unknown)]) cache.set(nameOf(bucket), day);
  return new Map([...hours, ...[...known.values()].flatMap((day) => day.hours)]);
}

/** Those that are stored and up to date. They are sums of all requests of a project. */
async function storedDays(
  scope: Scope,
  { where = {}, onlyDenied = false }: Pick<UsageFilter, "where" | "onlyDenied">,
  days: readonly { bucket: number; checks: number }[],
): Promise<Map<number, DaySum>> {
  const { projectId: [projectId] = [], ...narrower } = where;
  const isWhole = !onlyDenied && Object.values(narrower).every((values) => values === undefined);
  if (projectId === undefined || !isWhole) return new Map();
  const stored = await readHourSums(
    scope,
    projectId,
    days.map(({ bucket }) => bucket),
  );
  return new Map(
    days.flatMap(({ bucket, checks }) => {
      const day = stored.get(bucket);
      return day?.total === checks ? [[bucket, day]] : [];
    }),
  );
}
