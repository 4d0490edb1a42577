import { type AnyColumn, and, desc, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { oneOf } from "#db/portable-sql.ts";
import { visibleTo } from "../catalog/apis/visibility.ts";
import { type Ctx, requireUser, type Verb } from "../context.ts";
import { keyContains } from "../keys/search/contains.ts";
import { findByIndex, type SearchLimits, usesSearchIndex } from "../keys/search/search-index.ts";
import { contains, startsWith } from "../like.ts";
import { nameOrder } from "../name-order.ts";
import type { SearchInput, SearchResults } from "./schema.ts";

const MAX_FOUND = 8;

/**
 * Projects and keys that the user may see, and APIs, the best first. Keys by name, id, hint, description, tag or external
 * ID. Who sees many keys finds them by the index (`whereKeyContains`).
 */
export async function search(
  { ctx, input }: Verb<SearchInput>,
  limits?: SearchLimits,
): Promise<SearchResults> {
  const [projects, keys, apis] = await Promise.all([
    findProjects(ctx, input.query),
    findKeys(ctx, input.query, limits),
    findApis(ctx, input.query),
  ]);
  return { projects, keys, apis };
}

function findProjects(ctx: Ctx, query: string): Promise<SearchResults["projects"]> {
  const { q, t } = ctx.db.read;
  const { projects } = t;
  return q
    .select({ id: projects.id, name: projects.name })
    .from(projects)
    .where(
      and(
        isNull(projects.deletedAt),
        inOwnProjects(ctx, projects.id),
        or(contains(projects.name, query), eq(projects.id, query)),
      ),
    )
    .orderBy(startsFirst(projects.name, query), nameOrder(projects.name))
    .limit(MAX_FOUND);
}

async function findKeys(ctx: Ctx, query: string, limits?: SearchLimits): Promise<SearchResults["keys"]> {
  const scope = ctx.db.read;
  const { keys, projects } = scope.t;
  const visible = and(isNull(projects.deletedAt), inOwnProjects(ctx, projects.id));
  if (!(await usesSearchIndex(scope, inOwnProjects(ctx, keys.projectId), limits))) {
    return selectKeys(ctx)
      .where(and(visible, keyContains(scope, query)))
      .orderBy(startsFirst(keys.name, query), desc(keys.createdAt))
      .limit(MAX_FOUND);
  }
  const ids = await findByIndex(scope, query, { visible, limit: MAX_FOUND });
  const found = await selectKeys(ctx).where(oneOf(scope, keys.id, ids));
  return found.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** Keys with their projects and the hints of their current secrets. */
function selectKeys({ db }: Ctx) {
  const { keys, secrets, projects } = db.read.t;
  return db.read.q
    .select({
      id: keys.id,
      name: keys.name,
      environment: keys.environment,
      hint: secrets.hint,
      project: { id: projects.id, name: projects.name },
    })
    .from(keys)
    .innerJoin(projects, eq(projects.id, keys.projectId))
    .innerJoin(secrets, and(eq(secrets.keyId, keys.id), isNull(secrets.overlapEndsAt)));
}

function findApis(ctx: Ctx, query: string): Promise<SearchResults["apis"]> {
  requireUser(ctx);
  const { q, t } = ctx.db.read;
  const visible = visibleTo(ctx.db.read, ctx.actor);
  return q
    .select({ slug: t.apis.slug, name: t.apis.name })
    .from(t.apis)
    .where(and(visible, or(contains(t.apis.name, query), contains(t.apis.slug, query))))
    .orderBy(startsFirst(t.apis.name, query), nameOrder(t.apis.name))
    .limit(MAX_FOUND);
}

/** Only the user's projects; all of them for administrators. */
function inOwnProjects(ctx: Ctx, projectId: AnyColumn): SQL | undefined {
  const user = requireUser(ctx);
  if (user.siteRole === "admin") return undefined;
  const { q, t } = ctx.db.read;
  const { memberships } = t;
  return inArray(
    projectId,
    q.select({ id: memberships.projectId }).from(memberships).where(eq(memberships.userId, user.userId)),
  );
}

function startsFirst(column: AnyColumn, typed: string): SQL {
  return sql`case when ${startsWith(column, typed)} then 0 else 1 end`;
}
