import { and, eq, gte, sql } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { UsageInterval } from "#db/tables/usage.ts";

/** Whose units: one key's, or all of a project's. */
export interface UnitsOf {
  projectId: string;
  keyId?: string | undefined;
}

/** Units that passed in the buckets from this instant on, as the usage figures have them. */
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
