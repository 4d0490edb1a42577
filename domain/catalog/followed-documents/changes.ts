import { isDeepStrictEqual } from "node:util";
import { and, asc, eq, gt, isNull } from "drizzle-orm";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Scope } from "#db/open.ts";
import type { StoredDocumentChanges } from "#db/tables/catalog.ts";
import { yieldToEventLoop } from "../../yield-to-event-loop.ts";
import { documentOperations } from "../apis/openapi.ts";
import type { ListedOperation } from "../apis/schema.ts";
import type { AffectedKeys } from "./schema.ts";

/** One of two documents that are compared. */
export interface ComparedDocument {
  operations: readonly Pick<ListedOperation, "name" | "method" | "path" | "requiredScopes">[];
  scopes: readonly { name: string }[];
  /** Null if the operations were entered by hand. */
  document: Record<string, unknown> | null;
}

/** How a document differs from the one before, in the order of the documents. */
export function compareDocuments(before: ComparedDocument, after: ComparedDocument): StoredDocumentChanges {
  const [old, now] = [byName(before.operations), byName(after.operations)];
  const wasDeprecated = deprecatedIn(before.document);
  const scopes = byName(after.scopes);
  return {
    added: [...now.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    changed: [...now].flatMap(([name, operation]) => {
      const known = old.get(name);
      return known && !isDeepStrictEqual(partsOf(known), partsOf(operation)) ? [name] : [];
    }),
    deprecated: [...deprecatedIn(after.document)].filter((name) => !wasDeprecated.has(name)),
    removedScopes: before.scopes.map(({ name }) => name).filter((name) => !scopes.has(name)),
  };
}

function byName<One extends { name: string }>(list: readonly One[]): Map<string, One> {
  return new Map(list.map((one) => [one.name, one]));
}

function partsOf({ method, path, requiredScopes }: ComparedDocument["operations"][number]) {
  return { method, path, requiredScopes };
}

function deprecatedIn(document: Record<string, unknown> | null): Set<string> {
  if (document === null) return new Set();
  return new Set(
    documentOperations(document).flatMap(({ name, operation }) =>
      operation.deprecated === true ? [name] : [],
    ),
  );
}

/** Keys that one query reads, and that are looked at in all. A key's restrictions can have 64 KiB. */
const PAGE = 200;
const MAX_KEYS = 50_000;
/** How long keys are looked at, ms: a page waits for the result. */
const MAX_MS = 2_000;

/** The active keys that are restricted to operations or scopes of the API which the document no longer has. */
export async function countAffectedKeys(
  { q, t }: Scope,
  slug: string,
  changes: Pick<StoredDocumentChanges, "removed" | "removedScopes">,
  clock: () => number = () => performance.now(),
): Promise<AffectedKeys> {
  if (changes.removed.length === 0 && changes.removedScopes.length === 0) {
    return { keys: 0, projects: 0, more: false };
  }
  const { keys, keyApis, projects } = t;
  const matches = matcherOf(changes.removed);
  const scopes = new Set(changes.removedScopes);
  const inProjects = new Set<string>();
  const endsAt = clock() + MAX_MS;
  let [count, after] = [0, ""];
  for (let seen = 0; seen < MAX_KEYS && clock() < endsAt; seen += PAGE) {
    const rows = await q
      .select({ id: keys.id, projectId: keys.projectId, restrictions: keys.restrictions })
      .from(keyApis)
      .innerJoin(keys, eq(keys.id, keyApis.keyId))
      .innerJoin(projects, eq(projects.id, keys.projectId))
      .where(
        and(eq(keyApis.api, slug), gt(keys.id, after), isNull(keys.revokedAt), isNull(projects.deletedAt)),
      )
      .orderBy(asc(keys.id))
      .limit(PAGE);
    for (const { projectId, restrictions } of rows) {
      if (!isAffected(restrictions, slug, matches, scopes)) continue;
      count++;
      inProjects.add(projectId);
    }
    after = rows.at(-1)?.id ?? after;
    if (rows.length < PAGE) return { keys: count, projects: inProjects.size, more: false };
    await yieldToEventLoop();
  }
  return { keys: count, projects: inProjects.size, more: true };
}

function isAffected(
  { apis }: Restrictions,
  slug: string,
  matches: (pattern: string) => boolean,
  scopes: ReadonlySet<string>,
): boolean {
  return apis.some(
    (entry) =>
      entry.api === slug &&
      (entry.operations.some(matches) || (entry.scopes ?? []).some((scope) => scopes.has(scope))),
  );
}

/** Whether a pattern of operations matches a name. Documents have up to 5,000 names, and keys millions of patterns. */
function matcherOf(names: readonly string[]): (pattern: string) => boolean {
  const exact = new Set(names);
  const sorted = [...exact].sort();
  return (pattern) => {
    if (exact.has(pattern)) return true;
    if (!pattern.endsWith("*")) return false;
    // The first name that is not before the prefix: if any name has the prefix, this one does.
    const prefix = pattern.slice(0, -1);
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] ?? "") < prefix) low = middle + 1;
      else high = middle;
    }
    return sorted[low]?.startsWith(prefix) ?? false;
  };
}
