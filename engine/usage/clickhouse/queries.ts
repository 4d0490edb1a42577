import type { StoredLabel, UsageColumns, UsageFilter, UsageLabel, UsageQuery, UsageSums } from "../types.ts";
import { TABLE } from "./table.ts";

/** The columns of the table, by the names of labels. */
const COLUMNS: Record<StoredLabel, string> = {
  projectId: "u.project_id",
  keyId: "u.key_id",
  secretId: "u.secret_id",
  api: "u.api",
  operation: "u.operation",
  environment: "u.environment",
  code: "u.code",
};
const SUMS: Record<keyof UsageSums, string> = {
  checks: "sum(u.count)",
  denied: "sumIf(u.count, u.code != 'VALID')",
  units: "sum(u.units)",
  lastBucket: "toUnixTimestamp(max(u.bucket)) * 1000",
};

/** The keys that have external IDs, with these. They are in the database only, so a query names them. */
export type ExternalIds = readonly (readonly [keyId: string, externalId: string])[];

/** Sums as objects with the names of columns and sums. */
export function sumQuery(
  { by, sums, largest, ...filter }: UsageQuery<keyof UsageColumns, keyof UsageSums>,
  externalIds: ExternalIds = [],
): string {
  const columns = [
    ...by.map((name) => columnAs(name, externalIds)),
    ...sums.map((name) => `${SUMS[name]} as \`${name}\``),
  ];
  const names = by.map((name) => `\`${name}\``).join(", ");
  const grouped = by.length === 0 ? "" : ` group by ${names}`;
  const order = ["checks desc", ...by.map((name) => `\`${name}\``)].join(", ");
  const limited = largest === undefined ? "" : ` order by ${order} limit ${Math.trunc(largest)}`;
  return `select ${columns.join(", ")} from ${TABLE} as u where ${conditions(filter, externalIds)}${grouped}${limited}`;
}

/** The values of a label, each with the number of buckets that have requests, and the number of requests. */
export function groupSizesQuery(
  filter: UsageFilter,
  label: UsageLabel,
  externalIds: ExternalIds = [],
): string {
  const columns = `${columnOf(label, externalIds)} as \`group\`, uniqExact(u.bucket) as points, sum(u.count) as checks`;
  return `select ${columns} from ${TABLE} as u where ${conditions(filter, externalIds)} group by \`group\``;
}

/** Whether a query needs the external IDs of keys. */
export function needsExternalIds(
  labels: readonly (keyof UsageColumns)[],
  { where }: Pick<UsageFilter, "where">,
): boolean {
  return labels.includes("externalId") || where?.externalId !== undefined;
}

function columnOf(label: UsageLabel, externalIds: ExternalIds): string {
  if (label !== "externalId") return COLUMNS[label];
  if (externalIds.length === 0) return "''";
  const list = (at: 0 | 1) => `[${externalIds.map((pair) => quoted(pair[at])).join(", ")}]`;
  return `transform(u.key_id, ${list(0)}, ${list(1)}, '')`;
}

function columnAs(name: keyof UsageColumns, externalIds: ExternalIds): string {
  const value = name === "bucket" ? "toUnixTimestamp(u.bucket) * 1000" : columnOf(name, externalIds);
  return `${value} as \`${name}\``;
}

function conditions(
  { buckets, where = {}, onlyDenied, onlyKnown }: UsageFilter,
  externalIds: ExternalIds,
): string {
  const ranges = buckets.map(({ interval, from, to }) =>
    [
      `u.interval = ${quoted(interval)}`,
      `u.bucket >= ${seconds(from)}`,
      ...(to === undefined ? [] : [`u.bucket < ${seconds(to)}`]),
    ].join(" and "),
  );
  const labels = Object.entries(where) as [UsageLabel, readonly string[] | undefined][];
  return [
    ranges.length === 0 ? "false" : `(${ranges.map((range) => `(${range})`).join(" or ")})`,
    ...labels.flatMap(([label, values]) =>
      values === undefined
        ? []
        : [
            values.length === 0
              ? "false"
              : `${columnOf(label, externalIds)} in (${values.map(quoted).join(", ")})`,
          ],
    ),
    ...(onlyDenied ? ["u.code != 'VALID'"] : []),
    ...(onlyKnown ? ["u.project_id != ''"] : []),
  ].join(" and ");
}

/** The first whole second that is not before this instant. A time before 1970 would wrap around. */
function seconds(ms: number): string {
  return String(Math.max(0, Math.min(0xffff_ffff, Math.ceil(ms / 1_000))));
}

/** A string literal. */
export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&").replaceAll("\0", "\\0")}'`;
}
