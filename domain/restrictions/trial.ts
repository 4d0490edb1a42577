import { and, asc, eq, sql } from "drizzle-orm";
import { requireProjectRole } from "../access.ts";
import type { Verb } from "../context.ts";
import { mustFindKey } from "../keys/find.ts";
import type { KeyInput } from "../keys/schemas.ts";
import { isoOrNull } from "../time.ts";
import type { TrialResult } from "./types.ts";

/** What a key's trial set would have refused since it was saved, by the hour and code. */
export async function readTrial({ ctx, input }: Verb<KeyInput>): Promise<TrialResult> {
  await requireProjectRole(ctx, ctx.db.read, input.projectId, "viewer");
  const key = await mustFindKey(ctx.db.read, input);
  const { trialCounts } = ctx.db.read.t;
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
          .where(and(eq(trialCounts.keyId, key.id), eq(trialCounts.since, key.trialSince)))
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
    judged,
    wouldRefuse: refusing.reduce((sum, { total }) => sum + total, 0),
    interval: "hour",
    series,
  };
}
