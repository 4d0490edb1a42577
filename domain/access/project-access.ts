import { and, eq, isNull } from "drizzle-orm";
import type { Limits } from "#core/limits/types.ts";
import type { Scope, Tx } from "#db/open.ts";
import type { SiteRole } from "#db/tables/accounts.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import { type Actor, type Ctx, isAdmin, requireAuthenticated } from "../context.ts";
import { DomainError, notFound } from "../errors.ts";

const RANK: Record<ProjectRole, number> = { viewer: 0, developer: 1, owner: 2 };

/** A project that the actor may see, and their role in it. */
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
 * Returns the project if the actor has at least `role` in it. Throws `not-found` if they may not see it (whether or
 * not it exists) and `forbidden` if they may see it but their role is too low. Site administrators act in every
 * project as owners: they can revoke any key anyway. A project's token has its role in that project only. A deleted
 * project does not exist.
 */
export async function requireProjectRole(
  scope: Scope,
  ctx: Ctx,
  projectId: string,
  role: ProjectRole,
): Promise<ProjectAccess> {
  return requireRole(scope, ctx, { projectId, role, findsDeleted: false });
}

/** Like `requireProjectRole`, but a deleted project exists for administrators. */
export async function requireProjectRoleOrDeleted(
  scope: Scope,
  ctx: Ctx,
  projectId: string,
  role: ProjectRole,
): Promise<ProjectAccess> {
  const findsDeleted = isAdmin(requireAuthenticated(ctx));
  return requireRole(scope, ctx, { projectId, role, findsDeleted });
}

interface RequiredRole {
  projectId: string;
  role: ProjectRole;
  findsDeleted: boolean;
}

async function requireRole(
  scope: Scope,
  ctx: Ctx,
  { projectId, role, findsDeleted }: RequiredRole,
): Promise<ProjectAccess> {
  const actor = requireAuthenticated(ctx);
  // A URL may contain anything, and databases reject some strings (such as NUL in Postgres).
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
    .leftJoin(
      memberships,
      and(eq(memberships.projectId, projects.id), eq(memberships.userId, userIdOf(actor))),
    )
    .where(and(eq(projects.id, projectId), findsDeleted ? undefined : isNull(projects.deletedAt)));
  const ownRole = roleIn(projectId, actor, row?.role ?? null);
  if (!row) throw notFound("project");
  if (!ownRole) throw notFound("project", true);
  if (RANK[ownRole] < RANK[role]) {
    throw new DomainError("forbidden", `This needs the role ${role} in the project; yours is ${ownRole}.`);
  }
  const { role: _, ...project } = row;
  return { project, role: ownRole };
}

/** The actor's role in a project: an administrator's, that of a project's token, or the one as a member. */
function roleIn(projectId: string, actor: Actor, asMember: ProjectRole | null): ProjectRole | null {
  if (actor.kind === "project") return actor.projectId === projectId ? actor.role : null;
  return isAdmin(actor) ? "owner" : asMember;
}

/** The user whose memberships count; for a project's token, an id that no user has. */
function userIdOf(actor: Actor): string {
  return actor.kind === "user" ? actor.userId : "";
}

/**
 * Locks the project's row until the transaction ends, so that a rule over several rows (there is always an owner)
 * holds when two people act at once. On SQLite, writing transactions run one at a time anyway. Lock a project before
 * its keys and before users: everything that locks several of them does so in this order.
 */
export async function lockProjectRow(tx: Tx, projectId: string): Promise<void> {
  const { projects } = tx.t;
  await tx.q.update(projects).set({ id: projectId }).where(eq(projects.id, projectId));
}

/**
 * Like `requireProjectRole`, with the project locked: the actor keeps the role, and the project stays as returned,
 * until the transaction ends. Every verb that writes to a project starts with it. Without the lock, a member who is
 * removed while the verb waits for another lock could still write.
 */
export async function lockProject(
  tx: Tx,
  ctx: Ctx,
  projectId: string,
  role: ProjectRole,
): Promise<ProjectAccess> {
  // Checked before locking too, so that someone without access can't make others wait.
  await requireProjectRole(tx, ctx, projectId, role);
  await lockProjectRow(tx, projectId);
  return requireProjectRole(tx, ctx, projectId, role);
}

/** What an actor may do by its role. */
export interface ActorRights {
  siteRole: SiteRole;
  /** The project that a request was about, and the role in it; null for a request about none. */
  project: { id: string; role: ProjectRole } | null;
}

/** The caller's rights now. Throws `not-found` for a project that the caller may not see. */
export async function rightsOf(scope: Scope, ctx: Ctx, projectId: string | null): Promise<ActorRights> {
  const siteRole = isAdmin(requireAuthenticated(ctx)) ? "admin" : "developer";
  if (projectId === null) return { siteRole, project: null };
  const { role } = await requireProjectRole(scope, ctx, projectId, "viewer");
  return { siteRole, project: { id: projectId, role } };
}

/**
 * Whether the caller still has the rights that a request was carried out with: its stored response may contain a
 * secret. Throws `not-found` or `forbidden` otherwise.
 */
export async function requireRights(
  scope: Scope,
  ctx: Ctx,
  { siteRole, project }: ActorRights,
): Promise<void> {
  const now = await rightsOf(scope, ctx, project?.id ?? null);
  const lostAdmin = siteRole === "admin" && now.siteRole !== "admin";
  const lostRole = project && now.project && RANK[now.project.role] < RANK[project.role];
  if (!lostAdmin && !lostRole) return;
  throw new DomainError("forbidden", "Your role is lower than when this request was carried out.");
}
