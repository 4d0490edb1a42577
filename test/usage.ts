import type { Db } from "#db/open.ts";
import type { UsageInterval } from "#db/tables/usage.ts";
import { sumUsage } from "#engine/usage/store.ts";
import type { UsageFilter } from "#engine/usage/types.ts";

const LABELS = ["projectId", "keyId", "secretId", "api", "operation", "environment", "code"] as const;

/** Everything that is counted in the buckets of an interval. */
export async function usageRows(db: Db, interval: UsageInterval, where: UsageFilter["where"] = {}) {
  const rows = await sumUsage(db.read, {
    buckets: [{ interval, from: 0 }],
    where,
    by: ["bucket", ...LABELS],
    sums: ["checks", "units"],
  });
  return rows.map(({ checks, ...row }) => ({ ...row, count: checks }));
}

/** How many requests are counted, of some or of all. */
export async function countedChecks(
  db: Db,
  where: UsageFilter["where"] = {},
  interval: UsageInterval = "day",
): Promise<number> {
  const [row] = await sumUsage(db.read, {
    buckets: [{ interval, from: 0 }],
    where,
    by: [],
    sums: ["checks"],
  });
  return row?.checks ?? 0;
}

/** The days' requests by key and code, as `key code`. */
export async function countsByKeyAndCode(db: Db): Promise<Map<string, number>> {
  const rows = await sumUsage(db.read, {
    buckets: [{ interval: "day", from: 0 }],
    by: ["keyId", "code"],
    sums: ["checks"],
  });
  return new Map(rows.map(({ keyId, code, checks }) => [`${keyId} ${code}`, checks]));
}
