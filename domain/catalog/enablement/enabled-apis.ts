import { and, asc, eq, inArray } from "drizzle-orm";
import { type CallableOperation, readOnlyEntry } from "#core/api-scopes/read-only.ts";
import type { Scope } from "#db/open.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Verb } from "../../context.ts";
import type { Operation } from "../apis/schema.ts";
import type { EnabledApi, ListEnabledApisInput } from "./schema.ts";

/** Total size of names and summaries, bytes: pages contain them besides other content. */
const MAX_BYTES = 192 * 1_024;
/** With more scopes in total, bytes as JSON, their descriptions are omitted. */
const MAX_SCOPE_BYTES = 64 * 1_024;
/** With more operations in total, summaries are omitted. */
const MAX_SUMMARIES = 1_000;
/** APIs whose operations one query reads. */
const BATCH = 20;
/** More operations than this are never shown: a name has at least one character, quotes and a comma. */
const MAX_ROWS = MAX_BYTES / 32;

type Summary = Pick<Operation, "name" | "summary">;
type Callable = Summary & CallableOperation;

/**
 * The APIs that the project has enabled, by slug, with their operations: what its keys can be restricted to. An API
 * whose operations don't fit comes with those of `named` that it has, and `complete: false`: the others are found
 * with `findOperations`.
 */
export async function listEnabledApis({ ctx, input }: Verb<ListEnabledApisInput>): Promise<EnabledApi[]> {
  const scope = ctx.db.read;
  await requireProjectRole(scope, ctx, input.projectId, "viewer");
  const { apis, projectApis } = scope.t;
  const enabled = await scope.q
    .select({ id: apis.id, slug: apis.slug, name: apis.name, scopes: apis.scopes })
    .from(projectApis)
    .innerJoin(apis, eq(apis.id, projectApis.apiId))
    .where(and(eq(projectApis.projectId, input.projectId), eq(projectApis.status, "enabled")))
    .orderBy(asc(apis.slug));
  const complete = await readComplete(
    scope,
    enabled.map(({ id }) => id),
  );
  const others = enabled.filter(({ id }) => !complete.has(id));
  const named = await readNamed(scope, others, input.named);
  const isLong = [...complete.values()].reduce((sum, list) => sum + list.length, 0) > MAX_SUMMARIES;
  const isDescribed = Buffer.byteLength(JSON.stringify(enabled)) <= MAX_SCOPE_BYTES;
  return enabled.map(({ id, slug, name, scopes: declared }) => {
    const operations = complete.get(id);
    const scopes = declared.map(({ name, description }) => ({
      name,
      description: isDescribed ? description : "",
    }));
    if (!operations) {
      return { slug, name, operations: named.get(id) ?? [], scopes, readOnly: null, complete: false };
    }
    return {
      slug,
      name,
      operations: operations.map(({ name, summary }) => ({ name, summary: isLong ? null : summary })),
      scopes,
      readOnly: readOnlyEntry(slug, operations),
      complete: true,
    };
  });
}

/** All operations of as many of these APIs, which are sorted by slug, as `MAX_BYTES` hold. */
async function readComplete(
  { q, t: { apis, operations } }: Scope,
  ids: string[],
): Promise<Map<string, Callable[]>> {
  const complete = new Map<string, Callable[]>();
  let left = MAX_BYTES;
  for (let at = 0; at < ids.length && left > 1_024; at += BATCH) {
    const batch = ids.slice(at, at + BATCH);
    const rows = await q
      .select({
        apiId: operations.apiId,
        name: operations.name,
        summary: operations.summary,
        method: operations.method,
        requiredScopes: operations.requiredScopes,
      })
      .from(operations)
      .innerJoin(apis, eq(apis.id, operations.apiId))
      .where(inArray(operations.apiId, batch))
      .orderBy(asc(apis.slug), asc(operations.position))
      .limit(MAX_ROWS + 1);
    const read = Map.groupBy(rows, ({ apiId }) => apiId);
    // The last API read may have more operations, and those of later APIs were not read.
    const cutAt = rows.length > MAX_ROWS ? batch.indexOf(rows.at(-1)?.apiId ?? "") : batch.length;
    for (const id of batch.slice(0, cutAt)) {
      const found = (read.get(id) ?? []).map(({ apiId: _, ...operation }) => operation);
      const sent = found.map(({ name, summary }) => ({ name, summary }));
      const bytes = Buffer.byteLength(JSON.stringify(sent));
      if (bytes > left) continue;
      left -= bytes;
      complete.set(id, found);
    }
  }
  return complete;
}

/** Of these APIs, the operations among `named`. */
async function readNamed(
  { q, t: { operations } }: Scope,
  apis: { id: string; slug: string }[],
  named: ListEnabledApisInput["named"],
): Promise<Map<string, Summary[]>> {
  const found = new Map<string, Summary[]>();
  for (const { id, slug } of apis) {
    const names = named.filter(({ api }) => api === slug).map(({ operation }) => operation);
    if (names.length === 0) continue;
    const rows = await q
      .select({ name: operations.name })
      .from(operations)
      .where(and(eq(operations.apiId, id), inArray(operations.name, names)))
      .orderBy(asc(operations.position));
    found.set(
      id,
      rows.map(({ name }) => ({ name, summary: null })),
    );
  }
  return found;
}
