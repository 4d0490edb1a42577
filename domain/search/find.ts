import { type AnyColumn, and, desc, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import { type Ctx, requireUser, type Verb } from "../context.ts";
import { contains, startsWith } from "../like.ts";
import type { FindAnythingInput, Found } from "./schema.ts";

const MAX_FOUND = 8;

/** Projects and keys that the user may see, and APIs, by name, id or hint. */
export async function findAnything({ ctx, input }: Verb<FindAnythingInput>): Promise<Found> {
  const [projects, keys, apis] = await Promise.all([
    findProjects(ctx, input.query),
    findKeys(ctx, input.query),
    findApis(ctx, input.query),
  ]);
  return { projects, keys, apis };
}

function findProjects(ctx: Ctx, query: string): Promise<Found["projects"]> {
  const { q, t } = ctx.db.read;
  const { projects } = t;
  return q
    .select({ id: projects.id, name: projects.name })
    .from(projects)
    .where(
      and(isNull(projects.deletedAt), mine(ctx), or(contains(projects.name, query), eq(projects.id, query))),
    )
    .orderBy(startsFirst(projects.name, query), projects.name)
    .limit(MAX_FOUND);
}

async function findKeys(ctx: Ctx, query: string): Promise<Found["keys"]> {
  const { q, t } = ctx.db.read;
  const { keys, secrets, projects } = t;
  const rows = await q
    .select({
      id: keys.id,
      name: keys.name,
      environment: keys.environment,
      hint: secrets.hint,
      projectId: projects.id,
      projectName: projects.name,
    })
    .from(keys)
    .innerJoin(projects, eq(projects.id, keys.projectId))
    .innerJoin(secrets, and(eq(secrets.keyId, keys.id), isNull(secrets.overlapEndsAt)))
    .where(
      and(
        isNull(projects.deletedAt),
        mine(ctx),
        or(contains(keys.name, query), contains(secrets.hint, query), eq(keys.id, query)),
      ),
    )
    .orderBy(startsFirst(keys.name, query), desc(keys.createdAt))
    .limit(MAX_FOUND);
  return rows.map(({ projectId, projectName, ...key }) => ({
    ...key,
    project: { id: projectId, name: projectName },
  }));
}

function findApis(ctx: Ctx, query: string): Promise<Found["apis"]> {
  requireUser(ctx);
  const { q, t } = ctx.db.read;
  return q
    .select({ slug: t.apis.slug, name: t.apis.name })
    .from(t.apis)
    .where(or(contains(t.apis.name, query), contains(t.apis.slug, query)))
    .orderBy(startsFirst(t.apis.name, query), t.apis.name)
    .limit(MAX_FOUND);
}

/** Only the user's projects; all of them for administrators. */
function mine(ctx: Ctx): SQL | undefined {
  const user = requireUser(ctx);
  if (user.siteRole === "admin") return undefined;
  const { projects, memberships } = ctx.db.read.t;
  return sql`exists (select 1 from ${memberships} where ${memberships.projectId} = ${projects.id} and ${memberships.userId} = ${user.userId})`;
}

function startsFirst(column: AnyColumn, typed: string): SQL {
  return sql`case when ${startsWith(column, typed)} then 0 else 1 end`;
}
