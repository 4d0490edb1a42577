import { and, eq, isNull } from "drizzle-orm";
import type { Limits } from "#core/limits/types.ts";
import type { Scope, Tx } from "#db/open.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import { type Ctx, requireUser } from "./context.ts";
import { DomainError, notFound } from "./errors.ts";

const RANK: Record<ProjectRole, number> = { viewer: 0, developer: 1, owner: 2 };

/** A project as the asker may see it, and their role in it. */
export interface ProjectAccess {
  project: {
    id: string;
    name: string;
    createdAt: number;
    suspendedAt: number | null;
    limits: Limits | null;
    ceiling: Limits | null;
  };
  role: ProjectRole;
}

/**
 * The project, if the asker has at least `role` in it. Throws `not-found` for who may not see it (whether
 * or not it exists) and `forbidden` for who may see it but not do this. Site admins may see every project
 * and act in it as an owner would: they can take any key away anyway.
 */
export async function requireProjectRole(
  scope: Scope,
  ctx: Ctx,
  projectId: string,
  role: ProjectRole,
): Promise<ProjectAccess> {
  const user = requireUser(ctx);
  // An address may hold anything, and a database refuses some texts: what is no id is not found.
  if (!/^\w+$/.test(projectId)) throw notFound("project");
  const { projects, memberships } = scope.t;
  const [row] = await scope.q
    .select({
      id: projects.id,
      name: projects.name,
      createdAt: projects.createdAt,
      suspendedAt: projects.suspendedAt,
      limits: projects.limits,
      ceiling: projects.ceiling,
      role: memberships.role,
    })
    .from(projects)
    .leftJoin(memberships, and(eq(memberships.projectId, projects.id), eq(memberships.userId, user.userId)))
    .where(and(eq(projects.id, projectId), isNull(projects.deletedAt)));
  const held = user.siteRole === "admin" ? "owner" : row?.role;
  if (!row) throw notFound("project");
  if (!held) throw notFound("project", true);
  if (RANK[held] < RANK[role]) {
    throw new DomainError("forbidden", `This needs the role ${role} in the project; yours is ${held}.`);
  }
  const { role: _, ...project } = row;
  return { project, role: held };
}

/**
 * Makes transactions on one project wait for each other, so that a rule over several rows (there is
 * always an owner) holds when two people act at once. On SQLite every writing transaction does already.
 */
export async function serialiseOnProject(tx: Tx, projectId: string): Promise<void> {
  const { projects } = tx.t;
  await tx.q.update(projects).set({ id: projectId }).where(eq(projects.id, projectId));
}

/**
 * As `requireProjectRole`, with the project held: what the answer says stays so until the transaction ends,
 * whoever else is changing members, keys or the project itself.
 */
export async function lockProject(
  tx: Tx,
  ctx: Ctx,
  projectId: string,
  role: ProjectRole,
): Promise<ProjectAccess> {
  // First without a lock: a stranger makes nobody wait.
  await requireProjectRole(tx, ctx, projectId, role);
  await serialiseOnProject(tx, projectId);
  return requireProjectRole(tx, ctx, projectId, role);
}
