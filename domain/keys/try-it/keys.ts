import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { mustFindVisibleApi } from "../../catalog/apis/visibility.ts";
import { requireUser, type Verb } from "../../context.ts";
import { nameOrder } from "../../name-order.ts";
import { ANY_API } from "../restrictions/stored.ts";
import { hasStatus } from "../status.ts";

/** A key that a request can be tried with. */
export interface TryKey {
  id: string;
  name: string;
  project: { id: string; name: string };
}

const MAX_KEYS = 100;

/**
 * The active test keys of the user's own projects with which the API can be tried: the project has enabled it, the key
 * is not restricted to others, and the user is a developer of the project.
 */
export async function listTryKeys({ ctx, input }: Verb<{ slug: string }>): Promise<{ items: TryKey[] }> {
  const user = requireUser(ctx);
  const scope = ctx.db.read;
  const api = await mustFindVisibleApi(scope, ctx, input.slug);
  const { keys, keyApis, memberships, projectApis, projects } = scope.t;
  const allows = scope.q
    .select({ id: keyApis.keyId })
    .from(keyApis)
    .where(inArray(keyApis.api, [api.slug, ANY_API]));
  const rows = await scope.q
    .select({ id: keys.id, name: keys.name, projectId: projects.id, projectName: projects.name })
    .from(keys)
    .innerJoin(projects, eq(projects.id, keys.projectId))
    .innerJoin(
      memberships,
      and(
        eq(memberships.projectId, projects.id),
        eq(memberships.userId, user.userId),
        inArray(memberships.role, ["owner", "developer"]),
      ),
    )
    .innerJoin(
      projectApis,
      and(
        eq(projectApis.projectId, projects.id),
        eq(projectApis.apiId, api.id),
        eq(projectApis.status, "enabled"),
      ),
    )
    .where(
      and(
        eq(keys.environment, "test"),
        hasStatus(keys, "active", ctx.now()),
        isNull(projects.deletedAt),
        isNull(projects.suspendedAt),
        inArray(keys.id, allows),
      ),
    )
    .orderBy(asc(nameOrder(projects.name)), asc(nameOrder(keys.name)))
    .limit(MAX_KEYS);
  return {
    items: rows.map(({ id, name, projectId, projectName }) => ({
      id,
      name,
      project: { id: projectId, name: projectName },
    })),
  };
}
