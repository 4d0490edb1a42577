import { and, asc, eq, gt, isNull, or, sql } from "drizzle-orm";
import { iso } from "#core/time.ts";
import { requireAdmin, type Verb } from "../../context.ts";
import { pageOf, readCursor } from "../../lists.ts";
import type { ListPendingAccessInput, PendingAccessPage } from "./schema.ts";

/** Pending access requests, oldest first. Administrators only. */
export async function listPendingAccess({
  ctx,
  input,
}: Verb<ListPendingAccessInput>): Promise<PendingAccessPage> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { apis, projectApis, projects, users } = t;
  const after = readCursor(input.cursor, ["number", "text"]);
  // One row per project and API, identified by both ids.
  const rowId = sql<string>`${projectApis.projectId} || ${projectApis.apiId}`;
  const rows = await q
    .select({
      project: { id: projects.id, name: projects.name },
      api: { slug: apis.slug, name: apis.name },
      requestedBy: { id: users.id, name: users.name },
      requestedAt: projectApis.requestedAt,
      rowId,
    })
    .from(projectApis)
    .innerJoin(projects, eq(projects.id, projectApis.projectId))
    .innerJoin(apis, eq(apis.id, projectApis.apiId))
    .innerJoin(users, eq(users.id, projectApis.requestedBy))
    .where(
      and(
        eq(projectApis.status, "pending"),
        isNull(projects.deletedAt),
        after
          ? or(
              gt(projectApis.requestedAt, after[0]),
              and(eq(projectApis.requestedAt, after[0]), gt(rowId, after[1])),
            )
          : undefined,
      ),
    )
    .orderBy(asc(projectApis.requestedAt), asc(rowId))
    .limit(input.limit + 1);
  return pageOf(
    rows,
    input.limit,
    (row) => [row.requestedAt, row.rowId],
    ({ rowId: _, requestedAt, ...row }) => ({ ...row, requestedAt: iso(requestedAt) }),
  );
}
