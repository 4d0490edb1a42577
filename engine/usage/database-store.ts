import { count, desc, eq, gte, inArray, lt, ne, type SQL, sql } from "drizzle-orm";
import { BUCKET_MS } from "#core/time.ts";
import type { Scope, Tx } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import type { Tables } from "#db/schema.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { addCounts, countsTable } from "./add-counts.ts";
import { labeledCounts, seriesFirstIsFaster } from "./labeled-counts.ts";
import type {
  UsageBatch,
  UsageBuckets,
  UsageColumns,
  UsageFilter,
  UsageGroupSize,
  UsageLabel,
  UsageQuery,
  UsageStore,
  UsageSum,
  UsageSums,
} from "./types.ts";

/** The rollups in the database itself. A batch is added in the transaction that records it. */
export const databaseUsage: UsageStore = {
  add,
  sum,
  groupSizes,
  deliver: async () => {},
  isDelivered: async () => true,
};

/** More buckets than this are read as a range. */
const MAX_LISTED_BUCKETS = 3_000;
/** Of a range without an end, so many are listed, which is more than queries ask for. The rest is read as a range. */
const OPEN_BUCKETS: Record<UsageInterval, number> = { minute: 1_500, hour: 800, day: 100 };

async function add(tx: Tx, { rows }: UsageBatch): Promise<void> {
  if (rows.length > 0) await addCounts(tx, rows);
}

async function sum<By extends keyof UsageColumns, Sum extends keyof UsageSums>(
  scope: Scope,
  { by, sums, largest, ...filter }: UsageQuery<By, Sum>,
): Promise<UsageSum<By, Sum>[]> {
  const part = (name: string): SQL<number> => sql<number>`${sql.identifier(name)}`;
  const totals: Record<keyof UsageSums, SQL> = {
    checks: sql`sum(${part("checks")})`,
    denied: sql`sum(${part("denied")})`,
    units: sql`sum(${part("units")})`,
    lastBucket: sql`max(${part("lastBucket")})`,
  };
  const total = (name: keyof UsageSums) => sql<number>`coalesce(${totals[name]}, 0)`.mapWith(Number);
  const columns = by.map(part);
  const rows = scope.q
    .select({
      ...Object.fromEntries(
        by.map((name) => [name, name === "bucket" ? part(name).mapWith(Number) : part(name)]),
      ),
      ...Object.fromEntries(sums.map((name) => [name, total(name)])),
    })
    .from(partsOf(scope, { filter, by, sums, seriesFirst: await seriesFirstIsFaster(scope, filter) }))
    .groupBy(...columns)
    .$dynamic();
  const found =
    largest === undefined ? await rows : await rows.orderBy(desc(total("checks")), ...columns).limit(largest);
  return found as UsageSum<By, Sum>[];
}

async function groupSizes(scope: Scope, filter: UsageFilter, label: UsageLabel): Promise<UsageGroupSize[]> {
  const [group, bucket, checks] = [sql.identifier(label), sql.identifier("bucket"), sql.identifier("checks")];
  const points = scope.q
    .select({ group: sql<string>`${group}`.as("name"), checks: sql`sum(${checks})`.as("sum") })
    .from(partsOf(scope, { filter, by: [label, "bucket"], sums: ["checks"], seriesFirst: false }))
    .groupBy(sql`${group}`, sql`${bucket}`)
    .as("points");
  return scope.q
    .select({ group: points.group, points: count(), checks: sql`sum(${points.checks})`.mapWith(Number) })
    .from(points)
    .groupBy(points.group);
}

interface SumsQuery {
  filter: UsageFilter;
  by: readonly (keyof UsageColumns)[];
  sums: readonly (keyof UsageSums)[];
  seriesFirst: boolean;
}

/** The sums of each table as one relation, with the names of columns and sums as its columns. */
function partsOf(scope: Scope, query: SumsQuery): SQL {
  const parts = query.filter.buckets.flatMap((buckets) => [
    ...listable(buckets).map((some) => selectCounts(scope, query, some)),
    selectOldRows(scope, query, buckets),
  ]);
  return sql`(${sql.join(parts, sql` union all `)}) as parts`;
}

/** A range without an end in two: a list of buckets, and the rest, of which there are normally no counts. */
function listable(buckets: UsageBuckets): UsageBuckets[] {
  const { interval, from, to } = buckets;
  if (to !== undefined) return [buckets];
  const end = from + OPEN_BUCKETS[interval] * BUCKET_MS[interval];
  return [
    { interval, from, to: end },
    { interval, from: end },
  ];
}

function selectCounts(
  scope: Scope,
  { filter, by, sums, seriesFirst }: SumsQuery,
  buckets: UsageBuckets,
): SQL {
  const { usageSeries } = scope.t;
  const table = countsTable(scope, buckets.interval);
  const { externalId: _, ...stored } = filter.where ?? {};
  const { from, where } = labeledCounts(scope, table, {
    isInTime: inBuckets(scope, table.bucket, buckets),
    conditions: conditionsOf(scope, usageSeries, filter),
    onSeries: conditionsOf(scope, usageSeries, { ...filter, where: stored }),
    by,
    sums,
    seriesFirst,
  });
  const lengthMs = sql.raw(String(BUCKET_MS[buckets.interval]));
  const bucket = (value: SQL) =>
    scope.dialect === "postgres" ? sql`${value}::bigint * ${lengthMs}` : sql`${value} * ${lengthMs}`;
  return partOf({
    from: sql`${from}${withExternalIds(scope, usageSeries, filter, by)}`,
    conditions: where,
    by: by.map((column) => [
      column,
      column === "bucket" ? bucket(sql`${table.bucket}`) : labelIn(scope, usageSeries, column),
    ]),
    sums: sumsIn(
      {
        count: sql`${table.count}`,
        units: sql`${table.units}`,
        code: sql`${usageSeries.code}`,
        bucket: bucket(sql`max(${table.bucket})`),
      },
      sums,
    ),
    groupBy: by.map((column) =>
      column === "bucket" ? sql`${table.bucket}` : labelIn(scope, usageSeries, column),
    ),
  });
}

/** Counts of earlier versions. */
function selectOldRows(
  scope: Scope,
  { filter, by, sums }: SumsQuery,
  { interval, from, to }: UsageBuckets,
): SQL {
  const { usage } = scope.t;
  const columnOf = (column: keyof UsageColumns) =>
    column === "bucket" ? sql`${usage.bucket}` : labelIn(scope, usage, column);
  return partOf({
    from: sql`${usage}${withExternalIds(scope, usage, filter, by)}`,
    conditions: [
      eq(usage.interval, interval),
      gte(usage.bucket, from),
      ...(to === undefined ? [] : [lt(usage.bucket, to)]),
      ...conditionsOf(scope, usage, filter),
    ],
    by: by.map((column) => [column, columnOf(column)]),
    sums: sumsIn(
      {
        count: sql`${usage.count}`,
        units: sql`${usage.units}`,
        code: sql`${usage.code}`,
        bucket: sql`max(${usage.bucket})`,
      },
      sums,
    ),
    groupBy: by.map(columnOf),
  });
}

type Labeled = Tables["usage"] | Tables["usageSeries"];

function labelIn({ t: { keys } }: Scope, labeled: Labeled, label: UsageLabel): SQL {
  return label === "externalId" ? sql`coalesce(${keys.externalId}, '')` : sql`${labeled[label]}`;
}

/** Joins the keys that have external IDs, if a query needs these. */
function withExternalIds(
  scope: Scope,
  labeled: Labeled,
  { where = {} }: UsageFilter,
  by: readonly (keyof UsageColumns)[],
): SQL {
  if (!by.includes("externalId") && where.externalId === undefined) return sql``;
  const { keys } = scope.t;
  const isOne = [sql`${keys.id} = ${labeled.keyId}`, sql`${keys.externalId} is not null`];
  // Otherwise Postgres may read the keys of all projects.
  if (where.projectId !== undefined) isOne.push(oneOf(scope, keys.projectId, where.projectId));
  return sql` left join ${keys} on ${sql.join(isOne, sql` and `)}`;
}

interface Part {
  from: SQL;
  conditions: SQL[];
  by: [name: string, value: SQL][];
  sums: [name: string, value: SQL][];
  groupBy: SQL[];
}

function partOf({ from, conditions, by, sums, groupBy }: Part): SQL {
  const columns = [...by, ...sums].map(([name, value]) => sql`${value} as ${sql.identifier(name)}`);
  const where = conditions.length > 0 ? sql` where ${sql.join(conditions, sql` and `)}` : sql``;
  const grouped = groupBy.length > 0 ? sql` group by ${sql.join(groupBy, sql`, `)}` : sql``;
  return sql`select ${sql.join(columns, sql`, `)} from ${from}${where}${grouped}`;
}

function sumsIn(
  { count: counted, units, code, bucket }: Record<"count" | "units" | "code" | "bucket", SQL>,
  sums: readonly (keyof UsageSums)[],
): [name: string, value: SQL][] {
  const all: Record<keyof UsageSums, SQL> = {
    checks: sql`sum(${counted})`,
    denied: sql`sum(case when ${code} <> 'VALID' then ${counted} end)`,
    units: sql`sum(${units})`,
    lastBucket: bucket,
  };
  return sums.map((name) => [name, all[name]]);
}

/** As a list if it is short enough: then the rows of a series are found without reading those of others. */
function inBuckets(
  scope: Scope,
  column: Tables["usageDays"]["bucket"],
  { interval, from, to }: UsageBuckets,
): SQL {
  const lengthMs = BUCKET_MS[interval];
  const first = Math.ceil(from / lengthMs);
  if (to === undefined) return sql`${column} >= ${first}`;
  const end = Math.ceil(to / lengthMs);
  if (end - first > MAX_LISTED_BUCKETS) return sql`${column} >= ${first} and ${column} < ${end}`;
  const list = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);
  return scope.dialect === "postgres"
    ? sql`${column} = any(${sql.param(list)}::int[])`
    : sql`${column} in (select value from json_each(${JSON.stringify(list)}))`;
}

function conditionsOf(
  scope: Scope,
  labeled: Labeled,
  { where = {}, onlyDenied, onlyKnown }: UsageFilter,
): SQL[] {
  const labels = Object.entries(where) as [UsageLabel, readonly string[] | undefined][];
  const conditions = labels.flatMap(([label, values]) => {
    if (values === undefined) return [];
    if (label === "externalId") return [oneOf(scope, labelIn(scope, labeled, label), values)];
    return values.length === 1
      ? [inArray(labeled[label], [...values])]
      : [oneOf(scope, labeled[label], values)];
  });
  // Written as in the condition of the index `usage_denied`.
  if (onlyDenied) conditions.push(sql`${labeled.code} <> 'VALID'`);
  if (onlyKnown) conditions.push(ne(labeled.projectId, ""));
  return conditions;
}
