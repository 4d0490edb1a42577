import { and, asc, eq, gte, sql } from "drizzle-orm";
import { RETENTION_MS } from "#core/retention.ts";
import { isoOrNull } from "#core/time.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import { BUCKET_MS } from "../../usage/range.ts";
import { mustFindKey } from "../find.ts";
import type { KeyRef } from "../schema.ts";
import type { TrialResult } from "./schema.ts";

/**
 * What a key's report-only set would have denied since it was saved, by hour and code, as far back as it is stored.
 */
export async function readTrial({ ctx, input }: Verb<KeyRef>): Promise<TrialResult> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const key = await mustFindKey(ctx.db.read, input);
  const { trialCounts } = ctx.db.read.t;
  const keptFrom = Math.ceil((ctx.now() - RETENTION_MS.trialCounts) / BUCKET_MS.hour) * BUCKET_MS.hour;
  const rows =
    key.trialSince === null
      ? []
      : await ctx.db.read.q
          .select({
            bucket: trialCounts.bucket,
            code: trialCounts.code,
            count: sql<number>`${trialCounts.count}`.mapWith(Number),
          })
          .from(trialCounts)
          .where(
            and(
              eq(trialCounts.keyId, key.id),
              eq(trialCounts.since, key.trialSince),
              // Maintenance may be late: rows past their retention are not counted.
              gte(trialCounts.bucket, keptFrom),
            ),
          )
          .orderBy(asc(trialCounts.bucket), asc(trialCounts.code));
  const judged = rows.reduce((sum, { count }) => sum + count, 0);
  const series = [...Map.groupBy(rows, ({ code }) => code)].map(([group, points]) => ({
    group,
    label: group,
    points: points.map(({ bucket, count }): [number, number] => [bucket, count]),
    total: points.reduce((sum, { count }) => sum + count, 0),
  }));
  const refusing = series.filter(({ group }) => group !== "VALID");
  return {
    since: isoOrNull(key.trialSince),
    countedFrom: isoOrNull(key.trialSince && Math.max(key.trialSince, keptFrom)),
    judged,
    wouldRefuse: refusing.reduce((sum, { total }) => sum + total, 0),
    interval: "hour",
    series,
  };
}
