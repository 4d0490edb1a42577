import type { UsageRow } from "#engine/aggregation/usage-rows.ts";
import type { StoredLabel, UsageColumns, UsageQuery, UsageSums } from "#engine/usage/types.ts";

const PLACES: Record<StoredLabel, number> = {
  projectId: 1,
  keyId: 3,
  secretId: 4,
  api: 5,
  operation: 6,
  environment: 7,
  code: 8,
};
export const LABELS = Object.keys(PLACES) as StoredLabel[];
/** A batch has each combination of labels once. */
export function merged(rows: UsageRow[]): UsageRow[] {
  const found = new Map<string, UsageRow>();
  for (const row of rows) {
    const name = JSON.stringify(row.slice(0, 9));
    const known = found.get(name);
    if (known === undefined) found.set(name, [...row]);
    else [known[9], known[10]] = [known[9] + row[9], known[10] + row[10]];
  }
  return [...found.values()];
}

/** What the sums must be. */
export function model(
  rows: UsageRow[],
  { by, sums, buckets, where = {}, onlyDenied, onlyKnown }: UsageQuery<keyof UsageColumns, keyof UsageSums>,
) {
  const isIncluded = (row: UsageRow) =>
    buckets.some(
      ({ interval, from, to }) => row[0] === interval && row[2] >= from && (to === undefined || row[2] < to),
    ) &&
    LABELS.every((label) => where[label]?.includes(String(row[PLACES[label]])) ?? true) &&
    !(onlyDenied && row[8] === "VALID") &&
    !(onlyKnown && row[1] === "");
  const groups = new Map<string, { of: Record<string, unknown>; total: Record<keyof UsageSums, number> }>();
  for (const row of rows.filter(isIncluded)) {
    const of = Object.fromEntries(
      by.map((name) => [name, name === "bucket" ? row[2] : row[PLACES[name as StoredLabel]]]),
    );
    const name = JSON.stringify(of);
    const group = groups.get(name) ?? { of, total: { checks: 0, denied: 0, units: 0, lastBucket: 0 } };
    group.total.checks += row[9];
    group.total.denied += row[8] === "VALID" ? 0 : row[9];
    group.total.units += row[10];
    group.total.lastBucket = Math.max(group.total.lastBucket, row[2]);
    groups.set(name, group);
  }
  return [...groups.values()].map(({ of, total }) => ({
    ...of,
    ...Object.fromEntries(sums.map((name) => [name, total[name]])),
  }));
}

export function sorted(rows: object[]): unknown[] {
  const byName = (row: object) =>
    Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
  return rows.map((row) => JSON.stringify(byName(row))).sort();
}
