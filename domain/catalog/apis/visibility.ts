import { and, asc, eq, inArray, isNull, or, type SQL } from "drizzle-orm";
import { shownName } from "#core/schema-errors.ts";
import type { Scope } from "#db/open.ts";
import {
  type Actor,
  type Ctx,
  isAdmin,
  requireAdmin,
  requireAuthenticated,
  type Verb,
} from "../../context.ts";
import { DomainError, notFound } from "../../errors.ts";
import { nameOrder } from "../../name-order.ts";
import { type ApiRow, findApi, mustFindApi } from "./find.ts";
import type { ApiAudience, ApiRef } from "./schema.ts";

/**
 * The condition on `apis` for those that the actor may see; undefined for all. Everyone sees public ones, signed-in
 * users those for members, and members of a project also the ones that were opened to it, or that it enabled or
 * requested. Administrators see all.
 */
export function visibleTo(scope: Scope, actor: Actor): SQL | undefined {
  if (actor.kind === "system" || isAdmin(actor)) return undefined;
  if (actor.kind === "visitor" || actor.kind === "scim") return eq(scope.t.apis.visibility, "public");
  return openTo(scope, projectsOf(scope, actor));
}

/** The same for a project: what its members may see because of it. Administrators see all. */
export function visibleToProject(scope: Scope, actor: Actor, projectId: string): SQL | undefined {
  if (actor.kind === "system" || isAdmin(actor)) return undefined;
  return openTo(scope, [projectId]);
}

function openTo({ q, t }: Scope, projects: string[] | ReturnType<typeof projectsOf>): SQL | undefined {
  const { apis, apiAudiences, projectApis } = t;
  const audience = q.select({ id: apiAudiences.apiId }).from(apiAudiences);
  const enabled = q.select({ id: projectApis.apiId }).from(projectApis);
  const known = inArray(projectApis.status, ["enabled", "pending"]);
  return or(
    inArray(apis.visibility, ["public", "members"]),
    inArray(apis.id, audience.where(inArray(apiAudiences.projectId, projects))),
    inArray(apis.id, enabled.where(and(known, inArray(projectApis.projectId, projects)))),
  );
}

/** The projects of a user, or the one of a project's token. */
function projectsOf({ q, t }: Scope, actor: Extract<Actor, { kind: "user" | "project" }>) {
  const { memberships, projects } = t;
  const isMine =
    actor.kind === "project"
      ? eq(projects.id, actor.projectId)
      : inArray(
          projects.id,
          q
            .select({ id: memberships.projectId })
            .from(memberships)
            .where(eq(memberships.userId, actor.userId)),
        );
  return q
    .select({ id: projects.id })
    .from(projects)
    .where(and(isMine, isNull(projects.deletedAt)));
}

/** The API, if the signed-in actor may see it. Throws `not-found`, even if there is none. */
export async function mustFindVisibleApi(scope: Scope, ctx: Ctx, slug: string): Promise<ApiRow> {
  requireAuthenticated(ctx);
  const row = await findApi(scope, slug, visibleTo(scope, ctx.actor));
  if (!row) throw notFound("API");
  return row;
}

/**
 * Like `mustFindVisibleApi`, also for visitors: they get `unauthenticated` for every API that is not public, whether or
 * not it exists.
 */
export async function mustFindApiForReader(scope: Scope, ctx: Ctx, slug: string): Promise<ApiRow> {
  const reader = readerOf(ctx.actor);
  const row = await findApi(scope, slug, visibleTo(scope, reader));
  if (row) return row;
  requireAuthenticated(ctx);
  throw notFound("API");
}

/** Users who must set up a second factor first see what visitors see. */
export function readerOf(actor: Actor): Actor {
  if (actor.kind !== "user" || !actor.session?.needsFactor) return actor;
  return { kind: "visitor", ipAddress: actor.ipAddress };
}

/** The API, if it is visible to the project. Throws `not-found`, even if there is none. */
export async function mustFindProjectApi(
  scope: Scope,
  ctx: Ctx,
  projectId: string,
  slug: string,
): Promise<ApiRow> {
  const row = await findApi(scope, slug, visibleToProject(scope, ctx.actor, projectId));
  if (!row) throw notFound("API");
  return row;
}

/**
 * Whether the API exists for the project. Checked before facts of the engine, which knows every API, are shown to people.
 */
export async function isVisibleToProject(
  scope: Scope,
  ctx: Pick<Ctx, "actor">,
  projectId: string,
  slug: string,
): Promise<boolean> {
  return (await findApi(scope, slug, visibleToProject(scope, ctx.actor, projectId))) !== undefined;
}

/** The projects that an API with the visibility `projects` was opened to, by name. Administrators only. */
export async function getApiAudience({ ctx, input }: Verb<ApiRef>): Promise<ApiAudience> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { apiAudiences, projects } = t;
  const api = await mustFindApi(ctx.db.read, input.slug);
  const items = await q
    .select({ id: projects.id, name: projects.name })
    .from(apiAudiences)
    .innerJoin(projects, eq(projects.id, apiAudiences.projectId))
    .where(and(eq(apiAudiences.apiId, api.id), isNull(projects.deletedAt)))
    .orderBy(asc(nameOrder(projects.name)), asc(projects.id));
  return { items };
}

/** Replaces the projects that an API is opened to. Throws `invalid` for a project that does not exist. */
export async function writeAudience(
  scope: Scope,
  apiId: string,
  projectIds: readonly string[],
): Promise<void> {
  const { q, t } = scope;
  const { apiAudiences, projects } = t;
  const wanted = [...new Set(projectIds)];
  const found = await q
    .select({ id: projects.id })
    .from(projects)
    .where(and(inArray(projects.id, wanted), isNull(projects.deletedAt)));
  const existing = new Set(found.map(({ id }) => id));
  const errors = projectIds.flatMap((id, index) =>
    existing.has(id)
      ? []
      : [{ path: `visibleTo.${index}`, message: `There is no project “${shownName(id)}”.` }],
  );
  if (errors.length > 0) throw new DomainError("invalid", "Some projects don't exist.", { errors });
  await q.delete(apiAudiences).where(eq(apiAudiences.apiId, apiId));
  if (wanted.length === 0) return;
  await q.insert(apiAudiences).values(wanted.map((projectId) => ({ apiId, projectId })));
}
