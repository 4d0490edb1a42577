import { and, asc, count, eq, exists, isNull, type SQL, sql } from "drizzle-orm";
import { isoOrNull } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Ctx, Verb } from "../../context.ts";
import { visibleToProject } from "../apis/visibility.ts";
import type { ListProjectApisInput, ProjectApi, ProjectApiRef } from "./schema.ts";

interface ProjectApiList {
  items: ProjectApi[];
}

/** The APIs that are visible to the project, with their status in it. */
export async function listProjectApis({ ctx, input }: Verb<ListProjectApisInput>): Promise<ProjectApiList> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const rows = await select(ctx, input.projectId, ctx.db.read.t.apis.description);
  return { items: rows.map(present) };
}

/** APIs that a page shows, and how many characters of their descriptions. */
const MAX_SHOWN = 500;
const SUMMARY_CHARACTERS = 300;

/**
 * The same for pages: those that have a status in the project first, 500 in total, with the first 300 characters of
 * their descriptions. `total` counts all of them.
 */
export async function listProjectApisForPage({
  ctx,
  input,
}: Verb<ListProjectApisInput>): Promise<ProjectApiList & { total: number }> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { q, t } = ctx.db.read;
  const summary = sql<string>`substr(${t.apis.description}, 1, ${SUMMARY_CHARACTERS})`;
  const [rows, [counted]] = await Promise.all([
    select(ctx, input.projectId, summary, MAX_SHOWN),
    q
      .select({ apis: count() })
      .from(t.apis)
      .where(visibleToProject(ctx.db.read, ctx.actor, input.projectId)),
  ]);
  return { items: rows.map(present), total: counted?.apis ?? 0 };
}

/** The status of one API in the project; null if the project never requested it, or the API does not exist. */
export async function getProjectApiStatus({
  ctx,
  input,
}: Verb<ProjectApiRef>): Promise<ProjectApi["status"]> {
  await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { q, t } = ctx.db.read;
  const [row] = await q
    .select({ status: t.projectApis.status })
    .from(t.projectApis)
    .innerJoin(t.apis, eq(t.projectApis.apiId, t.apis.id))
    .where(and(eq(t.projectApis.projectId, input.projectId), eq(t.apis.slug, input.slug)));
  return row?.status ?? null;
}

function select(
  ctx: Ctx,
  projectId: string,
  description: SQL<string> | typeof ctx.db.read.t.apis.description,
  limit?: number,
) {
  const { q, t } = ctx.db.read;
  const { apis, projectApis } = t;
  const rows = q
    .select({
      slug: apis.slug,
      name: apis.name,
      description: sql<string>`${description}`,
      access: apis.access,
      baseUrl: apis.baseUrl,
      status: projectApis.status,
      requestedAt: projectApis.requestedAt,
      decidedAt: projectApis.decidedAt,
      reason: projectApis.reason,
      message: projectApis.message,
      hasPlans: hasPlans(ctx.db.read).mapWith(Boolean),
    })
    .from(apis)
    .leftJoin(projectApis, and(eq(projectApis.apiId, apis.id), eq(projectApis.projectId, projectId)))
    .where(visibleToProject(ctx.db.read, ctx.actor, projectId));
  return limit === undefined
    ? rows.orderBy(asc(apis.slug))
    : rows.orderBy(asc(isNull(projectApis.status)), asc(apis.slug)).limit(limit);
}

/** Whether a row of `apis` has a plan that anyone can choose. */
function hasPlans({ q, t: { apis, plans } }: Scope) {
  const open = q
    .select({ id: plans.id })
    .from(plans)
    .where(and(eq(plans.apiId, apis.id), eq(plans.visibility, "public"), isNull(plans.archivedAt)));
  return sql<boolean>`${exists(open)}`;
}

function present({ requestedAt, decidedAt, ...row }: Awaited<ReturnType<typeof select>>[number]): ProjectApi {
  return { ...row, requestedAt: isoOrNull(requestedAt), decidedAt: isoOrNull(decidedAt) };
}
