import { BUCKET_MS, iso } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { UsageFilter, UsageLabel } from "#engine/usage/types.ts";
import type { UsageRange } from "./range.ts";
import {
  NO_VALUE,
  type ReadUsageInput,
  type Usage,
  type UsageGroup,
  type UsagePoint,
  type UsageSeries,
} from "./schema.ts";

export const OTHER_GROUPS = "(others)";

export interface CountedChecks {
  bucket: number;
  group: string;
  checks: number;
}

/** Which requests are counted: of one project or of the whole site. */
export type RequestFilter = Partial<
  Pick<
    ReadUsageInput,
    | "projectId"
    | "keyId"
    | "secretId"
    | "api"
    | "operation"
    | "environment"
    | "externalId"
    | "code"
    | "outcome"
  >
>;

export interface CountFilter extends RequestFilter {
  groupBy: UsageGroup;
}

/** Counts requests per bucket and group, in order of time; of `groups` only, if they are given. */
export async function countUsage(
  scope: Scope,
  filter: CountFilter,
  range: UsageRange,
  groups?: readonly string[],
): Promise<CountedChecks[]> {
  const label = labelOf(filter.groupBy);
  const { where, ...rest } = filterOf(filter, range);
  // A filter by the grouped label stays: `groups` are some of what it matches.
  const rows = await sumUsage(scope, {
    ...rest,
    where: groups ? { ...where, [label]: groups } : where,
    by: ["bucket", label],
    sums: ["checks"],
  });
  return rows
    .map((row) => ({ bucket: row.bucket, group: row[label], checks: row.checks }))
    .sort((a, b) => a.bucket - b.bucket || (a.group < b.group ? -1 : 1));
}

/** The requests of one range that match. */
export function filterOf(filter: RequestFilter, range: UsageRange): UsageFilter {
  const { projectId, keyId, secretId, api, operation, environment, externalId, code, outcome } = filter;
  const only = (value: string | undefined) => (value === undefined ? undefined : [storedValue(value)]);
  const isNone = outcome === "allowed" && code !== undefined && code !== "VALID";
  return {
    buckets: [range],
    where: {
      projectId: only(projectId),
      keyId: only(keyId),
      secretId: only(secretId),
      api: only(api),
      operation: only(operation),
      environment: only(environment),
      externalId: only(externalId),
      code: isNone ? [] : only(outcome === "allowed" ? "VALID" : code),
    },
    ...(outcome === "denied" && { onlyDenied: true }),
  };
}

/** A missing value is stored as an empty text. */
function storedValue(value: string): string {
  return value === NO_VALUE ? "" : value;
}

/** The group as it is named in a response. */
export function groupName(stored: string): string {
  return stored === "" ? NO_VALUE : stored;
}

/** The counts as series, largest first. */
export function usageOf(
  rows: CountedChecks[],
  range: UsageRange,
  labels: ReadonlyMap<string, string>,
): Usage {
  const series = [...Map.groupBy(rows, (row) => row.group)]
    .map(([group, points]): UsageSeries => {
      const name = groupName(group);
      return {
        group: name,
        label: labels.get(group) ?? name,
        points: points.map(({ bucket, checks }): UsagePoint => [bucket, checks]),
        total: totalOf(points),
      };
    })
    .sort((a, b) => b.total - a.total || (a.group < b.group ? -1 : 1));
  return {
    interval: range.interval,
    from: iso(range.from),
    to: iso(range.to),
    series,
    total: totalOf(rows),
    groups: series.length,
    nextCursor: null,
  };
}

/** A response may have so many points: one takes about 20 bytes, and 4 microseconds to read and send. */
const MAX_POINTS = 10_000;
/** What a series costs without its points: about 250 bytes. */
const POINTS_OF_A_SERIES = 12;

/** How many series a response may have besides that of the others, if each has a point in every bucket. */
export function maxSeries({ interval, from, to }: UsageRange): number {
  const buckets = Math.ceil((to - from) / BUCKET_MS[interval]);
  return Math.max(1, Math.floor(MAX_POINTS / (buckets + POINTS_OF_A_SERIES)) - 1);
}

/** The sums of so many other groups, by bucket, as one series. */
export function othersOf(groups: number, sums: ReadonlyMap<number, number>): UsageSeries {
  return {
    group: OTHER_GROUPS,
    label: `${groups} others`,
    points: [...sums].sort(([a], [b]) => a - b),
    total: [...sums.values()].reduce((sum, checks) => sum + checks, 0),
  };
}

/** The column that identifies the groups. */
export function labelOf(groupBy: UsageGroup): UsageLabel {
  switch (groupBy) {
    case "key":
      return "keyId";
    case "secret":
      return "secretId";
    default:
      return groupBy;
  }
}

function totalOf(rows: readonly { checks: number }[]): number {
  return rows.reduce((sum, row) => sum + row.checks, 0);
}
