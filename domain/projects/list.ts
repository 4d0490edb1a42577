import { and, asc, count, eq, gt, inArray, isNull, or } from "drizzle-orm";
import { NO_LIMITS } from "#core/limits/types.ts";
import { iso, isoOrNull } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import { type ProjectAccess, requireProjectRole } from "../access/project-access.ts";
import { type Actor, isAdmin, requireAdmin, requireAuthenticated, type Verb } from "../context.ts";
import { contains } from "../like.ts";
import { pageOf, readCursor } from "../lists.ts";
import { nameOrder } from "../name-order.ts";
import type { ListProjectsInput, Project, ProjectDetail, ProjectPage, ProjectRef } from "./schema.ts";

/**
 * The user's projects, by name; with `all`, all projects of the site (administrators only). For a project's token, its
 * project.
 */
export async function listProjects({ ctx, input }: Verb<ListProjectsInput>): Promise<ProjectPage> {
  const actor = requireAuthenticated(ctx);
  if (input.all) requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const sortName = nameOrder(t.projects.name);
  const after = readCursor(input.cursor, ["text", "text"]);
  const userId = actor.kind === "user" ? actor.userId : "";
  const mine = and(eq(t.memberships.projectId, t.projects.id), eq(t.memberships.userId, userId));
  const own = actor.kind === "user" ? eq(t.memberships.userId, userId) : eq(t.projects.id, actor.projectId);
  const rows = await q
    .select({
      id: t.projects.id,
      name: t.projects.name,
      createdAt: t.projects.createdAt,
      suspendedAt: t.projects.suspendedAt,
      limits: t.projects.limits,
      ceiling: t.projects.ceiling,
      role: t.memberships.role,
      sortName,
    })
    .from(t.projects)
    .leftJoin(t.memberships, mine)
    .where(
      and(
        isNull(t.projects.deletedAt),
        input.search
          ? or(contains(t.projects.name, input.search), eq(t.projects.id, input.search))
          : undefined,
        input.all ? undefined : own,
        after
          ? or(gt(sortName, after[0]), and(eq(sortName, after[0]), gt(t.projects.id, after[1])))
          : undefined,
      ),
    )
    .orderBy(asc(sortName), asc(t.projects.id))
    .limit(input.limit + 1);
  const liveKeys = await countLiveKeys(
    ctx.db.read,
    rows.map((row) => row.id),
  );
  return pageOf(
    rows,
    input.limit,
    (row) => [row.sortName, row.id],
    ({ role, sortName: _, ...project }) => ({
      ...presentProject({ project, role: roleOf(actor, role) }),
      liveKeys: liveKeys.get(project.id) ?? 0,
    }),
  );
}

/** The actor's role in a project that they may see. */
function roleOf(actor: Actor, asMember: ProjectRole | null): ProjectRole {
  if (actor.kind === "project") return actor.role;
  return isAdmin(actor) ? "owner" : (asMember ?? "viewer");
}

/** How many keys of each project are not revoked; projects without any are left out. */
export async function countLiveKeys({ q, t }: Scope, projectIds: string[]): Promise<Map<string, number>> {
  const rows = await q
    .select({ projectId: t.keys.projectId, keys: count() })
    .from(t.keys)
    .where(and(inArray(t.keys.projectId, projectIds), isNull(t.keys.revokedAt)))
    .groupBy(t.keys.projectId);
  return new Map(rows.map((row) => [row.projectId, row.keys]));
}

/** One project, the user's role in it, and whom to ask for more access. */
export async function getProject({ ctx, input }: Verb<ProjectRef>): Promise<ProjectDetail> {
  const access = await requireProjectRole(ctx.db.read, ctx, input.projectId, "viewer");
  const { q, t } = ctx.db.read;
  const owners = await q
    .select({ id: t.users.id, name: t.users.name })
    .from(t.memberships)
    .innerJoin(t.users, eq(t.users.id, t.memberships.userId))
    .where(and(eq(t.memberships.projectId, input.projectId), eq(t.memberships.role, "owner")))
    .orderBy(asc(t.memberships.createdAt));
  const liveKeys = await countLiveKeys(ctx.db.read, [input.projectId]);
  const members = await q.$count(t.memberships, eq(t.memberships.projectId, input.projectId));
  return { ...presentProject(access), owners, liveKeys: liveKeys.get(input.projectId) ?? 0, members };
}

/** A project and the caller's role in it, as a response shows them. */
export function presentProject({ project, role }: ProjectAccess): Project {
  return {
    id: project.id,
    name: project.name,
    createdAt: iso(project.createdAt),
    suspendedAt: isoOrNull(project.suspendedAt),
    role,
    limits: project.limits ?? NO_LIMITS,
    ceiling: project.ceiling ?? NO_LIMITS,
  };
}
