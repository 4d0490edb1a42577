import { and, asc, type Column, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { iso } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { requireAdmin, type Verb } from "../../context.ts";
import { pageOf, readCursor } from "../../lists.ts";
import type { ListPendingAccessInput, PendingAccess, PendingAccessPage } from "./schema.ts";

/** Where the previous page ended: the time of its last request, and the project and API of it. */
type After = readonly [requestedAt: number, rowId: string] | null;

interface Row extends Omit<PendingAccess, "requestedAt"> {
  requestedAt: number;
  rowId: string;
}

/** Pending requests for access to APIs and for other plans of them, oldest first. Administrators only. */
export async function listPendingAccess({
  ctx,
  input,
}: Verb<ListPendingAccessInput>): Promise<PendingAccessPage> {
  requireAdmin(ctx);
  const after = readCursor(input.cursor, ["number", "text"]);
  const [access, plans] = await Promise.all([
    accessRequests(ctx.db.read, after, input.limit + 1),
    planRequests(ctx.db.read, after, input.limit + 1),
  ]);
  const rows = [...access, ...plans]
    .sort((a, b) => a.requestedAt - b.requestedAt || (a.rowId < b.rowId ? -1 : 1))
    .slice(0, input.limit + 1);
  return pageOf(
    rows,
    input.limit,
    (row) => [row.requestedAt, row.rowId],
    ({ rowId: _, requestedAt, ...row }) => ({ ...row, requestedAt: iso(requestedAt) }),
  );
}

/** One row per project and API, identified by both ids. */
function rowIdOf({ projectId, apiId }: { projectId: Column; apiId: Column }): SQL<string> {
  return sql<string>`${projectId} || ${apiId}`;
}

function isAfter(after: After, requestedAt: Column, rowId: SQL<string>): SQL | undefined {
  if (after === null) return undefined;
  return or(gt(requestedAt, after[0]), and(eq(requestedAt, after[0]), gt(rowId, after[1])));
}

/** For APIs that the projects have not enabled, with the plan that was chosen. */
async function accessRequests({ q, t }: Scope, after: After, limit: number): Promise<Row[]> {
  const { apis, planRequests: r, plans, projectApis, projects, users } = t;
  const rowId = rowIdOf(projectApis);
  const rows = await q
    .select({
      project: { id: projects.id, name: projects.name },
      api: { slug: apis.slug, name: apis.name },
      requestedBy: { id: users.id, name: users.name },
      requestedAt: projectApis.requestedAt,
      reason: projectApis.reason,
      plan: { slug: plans.slug, name: plans.name },
      rowId,
    })
    .from(projectApis)
    .innerJoin(projects, eq(projects.id, projectApis.projectId))
    .innerJoin(apis, eq(apis.id, projectApis.apiId))
    .innerJoin(users, eq(users.id, projectApis.requestedBy))
    .leftJoin(r, and(eq(r.projectId, projectApis.projectId), eq(r.apiId, projectApis.apiId)))
    .leftJoin(plans, eq(plans.id, r.planId))
    .where(
      and(
        eq(projectApis.status, "pending"),
        isNull(projects.deletedAt),
        isAfter(after, projectApis.requestedAt, rowId),
      ),
    )
    .orderBy(asc(projectApis.requestedAt), asc(rowId))
    .limit(limit);
  return rows.map((row) => ({ ...row, enabled: false }));
}

/** For other plans of APIs that the projects have enabled. */
async function planRequests({ q, t }: Scope, after: After, limit: number): Promise<Row[]> {
  const { apis, planRequests: r, plans, projectApis, projects, users } = t;
  const rowId = rowIdOf(r);
  const rows = await q
    .select({
      project: { id: projects.id, name: projects.name },
      api: { slug: apis.slug, name: apis.name },
      requestedBy: { id: users.id, name: users.name },
      requestedAt: r.requestedAt,
      plan: { slug: plans.slug, name: plans.name },
      rowId,
    })
    .from(r)
    .innerJoin(
      projectApis,
      and(
        eq(projectApis.projectId, r.projectId),
        eq(projectApis.apiId, r.apiId),
        eq(projectApis.status, "enabled"),
      ),
    )
    .innerJoin(projects, eq(projects.id, r.projectId))
    .innerJoin(apis, eq(apis.id, r.apiId))
    .innerJoin(plans, eq(plans.id, r.planId))
    .innerJoin(users, eq(users.id, r.requestedBy))
    .where(and(eq(r.status, "pending"), isNull(projects.deletedAt), isAfter(after, r.requestedAt, rowId)))
    .orderBy(asc(r.requestedAt), asc(rowId))
    .limit(limit);
  return rows.map((row) => ({ ...row, reason: null, enabled: true }));
}
