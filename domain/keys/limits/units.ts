import { and, eq, gte, sql } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { UsageInterval } from "#db/tables/usage.ts";

/** The holder of the units: one key, or a whole project. */
export interface UnitsOf {
  projectId: string;
  keyId?: string | undefined;
}

/** Units of valid requests in the buckets from this instant on, from the usage counts. */
export async function unitsSince(
  { q, t: { usage } }: Scope,
  { projectId, keyId }: UnitsOf,
  interval: UsageInterval,
  from: number,
): Promise<number> {
  const [row] = await q
    .select({ units: sql<number>`coalesce(sum(${usage.units}), 0)`.mapWith(Number) })
    .from(usage)
    .where(
      and(
        keyId === undefined ? eq(usage.projectId, projectId) : eq(usage.keyId, keyId),
        eq(usage.interval, interval),
        gte(usage.bucket, from),
      ),
    );
  return row?.units ?? 0;
}
