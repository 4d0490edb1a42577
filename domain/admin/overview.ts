import { and, count, eq, gte, inArray, isNull, sql } from "drizzle-orm";
import { requireAdmin, type Verb } from "../context.ts";
import { countWhere } from "../keys/count.ts";
import { hasStatus } from "../keys/status.ts";
import type { SiteOverview } from "./types.ts";

const HOUR_MS = 3_600_000;

/** The site in figures: what there is, what waits, and what was checked in 24 hours. Administrators only. */
export async function readSiteOverview({ ctx }: Verb<Record<string, never>>): Promise<SiteOverview> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { users, projects, apis, serviceTokens, projectApis, keys, usage } = t;
  const now = ctx.now();
  const isLive = eq(keys.environment, "live");
  const firstHour = Math.floor(now / HOUR_MS) * HOUR_MS - 23 * HOUR_MS;
  const [people, places, entries, tokens, waiting, live, checks] = await Promise.all([
    q.select({ n: count() }).from(users).where(isNull(users.disabledAt)),
    q
      .select({ n: count(), suspended: count(projects.suspendedAt) })
      .from(projects)
      .where(isNull(projects.deletedAt)),
    q.select({ n: count() }).from(apis),
    q.select({ n: count() }).from(serviceTokens).where(isNull(serviceTokens.revokedAt)),
    q
      .select({ n: count() })
      .from(projectApis)
      .innerJoin(projects, eq(projects.id, projectApis.projectId))
      .where(and(eq(projectApis.status, "pending"), isNull(projects.deletedAt))),
    q
      .select({
        n: count(),
        unrestricted: countWhere(and(isLive, eq(keys.restrictedBy, ""))),
        withoutApplication: countWhere(and(isLive, inArray(keys.restrictedBy, ["", "apis"]))),
      })
      .from(keys)
      .innerJoin(projects, and(eq(projects.id, keys.projectId), isNull(projects.deletedAt)))
      .where(hasStatus(keys, "active", now)),
    q
      .select({
        n: sql<number>`coalesce(sum(${usage.count}), 0)`.mapWith(Number),
        valid:
          sql<number>`coalesce(sum(case when ${usage.code} = 'VALID' then ${usage.count} end), 0)`.mapWith(
            Number,
          ),
      })
      .from(usage)
      .where(and(eq(usage.interval, "hour"), gte(usage.bucket, firstHour))),
  ]);
  return {
    users: people[0]?.n ?? 0,
    projects: places[0]?.n ?? 0,
    suspendedProjects: places[0]?.suspended ?? 0,
    apis: entries[0]?.n ?? 0,
    serviceTokens: tokens[0]?.n ?? 0,
    pendingAccess: waiting[0]?.n ?? 0,
    activeKeys: live[0]?.n ?? 0,
    unrestrictedLive: live[0]?.unrestricted ?? 0,
    liveWithoutApplication: live[0]?.withoutApplication ?? 0,
    checks: checks[0]?.n ?? 0,
    refused: (checks[0]?.n ?? 0) - (checks[0]?.valid ?? 0),
  };
}
