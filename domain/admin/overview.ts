import { and, count, eq, isNull } from "drizzle-orm";
import { isoOrNull } from "#core/time.ts";
import { requireAdmin, type Verb } from "../context.ts";
import { type KeyTotals, readKeyTotals } from "./totals.ts";

/** The site's totals. */
export interface SiteOverview {
  /** Accounts that can sign in. */
  users: number;
  projects: number;
  /** Of `projects`. */
  suspendedProjects: number;
  apis: number;
  /** Not revoked. */
  serviceTokens: number;
  /** Management tokens that work until they are revoked, of accounts that can sign in. */
  tokensWithoutExpiry: number;
  /** Requests for access to an API that wait for an administrator. */
  pendingAccess: number;
  /** Followed OpenAPI documents that have changed, and those that can't be read. */
  changedDocuments: number;
  unreadableDocuments: number;
  /** Keys of all projects that are not deleted. */
  keys: KeyTotals;
  /** When the keys of a large site were counted; null if the counts are current. */
  keysCountedAt: string | null;
}

/** The site's totals: what exists, what is pending, and which keys require action. Administrators only. */
export async function readSiteOverview({ ctx }: Verb<Record<string, never>>): Promise<SiteOverview> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const {
    users,
    projects,
    apis,
    managementTokens,
    serviceTokens,
    projectApis,
    planRequests,
    followedDocuments,
  } = t;
  const [people, projectCounts, entries, tokens, endless, waiting, waitingPlans, documents, keys] =
    await Promise.all([
      q.select({ n: count() }).from(users).where(isNull(users.disabledAt)),
      q
        .select({ n: count(), suspended: count(projects.suspendedAt) })
        .from(projects)
        .where(isNull(projects.deletedAt)),
      q.select({ n: count() }).from(apis),
      q.select({ n: count() }).from(serviceTokens).where(isNull(serviceTokens.revokedAt)),
      q
        .select({ n: count() })
        .from(managementTokens)
        .leftJoin(users, eq(users.id, managementTokens.userId))
        .where(
          and(
            isNull(managementTokens.revokedAt),
            isNull(managementTokens.expiresAt),
            isNull(users.disabledAt),
          ),
        ),
      q
        .select({ n: count() })
        .from(projectApis)
        .innerJoin(projects, eq(projects.id, projectApis.projectId))
        .where(and(eq(projectApis.status, "pending"), isNull(projects.deletedAt))),
      // The plan of a pending access request is decided with it.
      q
        .select({ n: count() })
        .from(planRequests)
        .innerJoin(
          projectApis,
          and(
            eq(projectApis.projectId, planRequests.projectId),
            eq(projectApis.apiId, planRequests.apiId),
            eq(projectApis.status, "enabled"),
          ),
        )
        .where(eq(planRequests.status, "pending")),
      q
        .select({
          changed: count(followedDocuments.pendingDigest),
          unreadable: count(followedDocuments.error),
        })
        .from(followedDocuments),
      readKeyTotals(ctx),
    ]);
  return {
    users: people[0]?.n ?? 0,
    projects: projectCounts[0]?.n ?? 0,
    suspendedProjects: projectCounts[0]?.suspended ?? 0,
    apis: entries[0]?.n ?? 0,
    serviceTokens: tokens[0]?.n ?? 0,
    tokensWithoutExpiry: endless[0]?.n ?? 0,
    pendingAccess: (waiting[0]?.n ?? 0) + (waitingPlans[0]?.n ?? 0),
    changedDocuments: documents[0]?.changed ?? 0,
    unreadableDocuments: documents[0]?.unreadable ?? 0,
    keys: keys.counts,
    keysCountedAt: isoOrNull(keys.countedAt),
  };
}
