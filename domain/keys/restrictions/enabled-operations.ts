import { and, eq, inArray } from "drizzle-orm";
import type { Scope } from "#db/open.ts";

/** Operation names of each of the APIs that the project has enabled; none if the API lists none. */
export async function enabledOperations(
  { q, t }: Scope,
  projectId: string,
  slugs: string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (slugs.length === 0) return found;
  const { apis, operations, projectApis } = t;
  const isEnabled = and(
    eq(projectApis.apiId, apis.id),
    eq(projectApis.projectId, projectId),
    eq(projectApis.status, "enabled"),
  );
  const rows = await q
    .select({ slug: apis.slug, operation: operations.name })
    .from(apis)
    .innerJoin(projectApis, isEnabled)
    .leftJoin(operations, eq(operations.apiId, apis.id))
    .where(inArray(apis.slug, slugs));
  for (const { slug, operation } of rows) {
    const names = found.get(slug) ?? [];
    if (operation !== null) names.push(operation);
    found.set(slug, names);
  }
  return found;
}
