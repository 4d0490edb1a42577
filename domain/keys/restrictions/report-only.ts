import { and, asc, eq, gte, sql } from "drizzle-orm";
import { RETENTION_MS } from "#core/retention.ts";
import { BUCKET_MS, isoOrNull } from "#core/time.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import { mustFindKey } from "../find.ts";
import type { KeyRef } from "../schema.ts";
import type { ReportOnlyCounts } from "./schema.ts";

/**
 * What a key's report-only set would have denied since it was saved, by hour and code, as far back as it is stored.
 */
export async function readReportOnlyCounts({ ctx, input }: Verb<KeyRef>): Promise<ReportOnlyCounts> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const key = await mustFindKey(ctx.db.read, input);
  const { reportOnlyCounts } = ctx.db.read.t;
  const keptFrom = Math.ceil((ctx.now() - RETENTION_MS.reportOnlyCounts) / BUCKET_MS.hour) * BUCKET_MS.hour;
  const rows =
    key.reportOnlySince === null
      ? []
      : await ctx.db.read.q
          .select({
            bucket: reportOnlyCounts.bucket,
            code: reportOnlyCounts.code,
            count: sql<number>`${reportOnlyCounts.count}`.mapWith(Number),
          })
          .from(reportOnlyCounts)
          .where(
            and(
              eq(reportOnlyCounts.keyId, key.id),
              eq(reportOnlyCounts.since, key.reportOnlySince),
              // Maintenance may be late: rows past their retention are not counted.
              gte(reportOnlyCounts.bucket, keptFrom),
            ),
          )
          .orderBy(asc(reportOnlyCounts.bucket), asc(reportOnlyCounts.code));
  const judged = rows.reduce((sum, { count }) => sum + count, 0);
  const series = [...Map.groupBy(rows, ({ code }) => code)].map(([group, points]) => ({
    group,
    label: group,
    points: points.map(({ bucket, count }): [number, number] => [bucket, count]),
    total: points.reduce((sum, { count }) => sum + count, 0),
  }));
  const denials = series.filter(({ group }) => group !== "VALID");
  return {
    since: isoOrNull(key.reportOnlySince),
    countedFrom: isoOrNull(key.reportOnlySince && Math.max(key.reportOnlySince, keptFrom)),
    judged,
    wouldRefuse: denials.reduce((sum, { total }) => sum + total, 0),
    interval: "hour",
    series,
  };
}
