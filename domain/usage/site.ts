import { and, desc, eq, ne, sql } from "drizzle-orm";
import { type Ctx, requireAdmin, type Verb } from "../context.ts";
import { countUsage, inRange, sumOfChecks, usageOf } from "./count.ts";
import { BUCKET_MS, type UsageRange, usageRange } from "./range.ts";
import type { ProjectTraffic, ReadSiteUsageInput, SiteUsage } from "./schema.ts";

/** How many projects are listed. */
const BUSIEST = 10;

/**
 * The site's requests by code, including those with unknown secrets, with the projects with most requests in the
 * range, and the current rate. Administrators only.
 */
export async function readSiteUsage({ ctx, input }: Verb<ReadSiteUsageInput>): Promise<SiteUsage> {
  requireAdmin(ctx);
  const range = usageRange(input, ctx.now());
  const [rows, projects, now] = await Promise.all([
    countUsage(ctx.db.read, { groupBy: "code" }, range),
    busiest(ctx, range),
    lastMinute(ctx),
  ]);
  return { usage: usageOf(rows, range, new Map()), projects, now };
}

async function busiest({ db }: Ctx, range: UsageRange): Promise<ProjectTraffic[]> {
  const { q, t } = db.read;
  const { usage, projects } = t;
  const checks = sumOfChecks(usage).as("checks");
  const busy = q
    .select({
      projectId: usage.projectId,
      checks,
      denied: sumOfChecks(usage, ne(usage.code, "VALID")).as("denied"),
    })
    .from(usage)
    // Unknown secrets have no project.
    .where(and(inRange(usage, range), ne(usage.projectId, "")))
    .groupBy(usage.projectId)
    .orderBy(desc(sql`checks`), usage.projectId)
    .limit(BUSIEST)
    .as("busy");
  return q
    .select({
      projectId: busy.projectId,
      name: projects.name,
      deleted: sql`${projects.deletedAt} is not null`.mapWith(Boolean),
      checks: sql`${busy.checks}`.mapWith(Number),
      denied: sql`${busy.denied}`.mapWith(Number),
    })
    .from(busy)
    .innerJoin(projects, eq(projects.id, busy.projectId))
    .orderBy(desc(busy.checks), busy.projectId);
}

/** The last full minute. Its requests may arrive here some seconds later. */
async function lastMinute(ctx: Ctx): Promise<SiteUsage["now"]> {
  const { q, t } = ctx.db.read;
  const to = Math.floor(ctx.now() / BUCKET_MS.minute) * BUCKET_MS.minute;
  const minute = { interval: "minute", from: to - BUCKET_MS.minute, to } as const;
  const [row] = await q
    .select({ checks: sumOfChecks(t.usage), denied: sumOfChecks(t.usage, ne(t.usage.code, "VALID")) })
    .from(t.usage)
    .where(inRange(t.usage, minute));
  return { checks: row?.checks ?? 0, denied: row?.denied ?? 0 };
}
