import { and, eq, inArray } from "drizzle-orm";
import type { Scope } from "#db/open.ts";

/** What entries of an API can name. */
export interface KnownApi {
  /** Names; none if the API lists none. */
  operations: string[];
  /** Names; none if it declares none. */
  scopes: string[];
}

/** Operations and scopes of each of the APIs that the project has enabled, by slug. */
export async function readKnownApis(
  { q, t }: Scope,
  projectId: string,
  slugs: string[],
): Promise<Map<string, KnownApi>> {
  const found = new Map<string, KnownApi>();
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
    const known = found.get(slug) ?? { operations: [], scopes: [] };
    if (operation !== null) known.operations.push(operation);
    found.set(slug, known);
  }
  // Not in each of the rows of operations, of which there may be thousands.
  const declared = await q
    .select({ slug: apis.slug, scopes: apis.scopes })
    .from(apis)
    .where(inArray(apis.slug, [...found.keys()]));
  for (const { slug, scopes } of declared) {
    const known = found.get(slug);
    if (known) known.scopes = scopes.map(({ name }) => name);
  }
  return found;
}
