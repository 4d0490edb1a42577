import { asc, eq } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import type { Scope } from "#db/open.ts";
import { jsonBytes, storedBytes } from "#db/portable-sql.ts";
import { processSingleton } from "#platform/process-singleton.ts";
import type { ApiRow } from "../apis/find.ts";
import { type DocumentOperation, documentOperations } from "../apis/openapi.ts";

/** The document of an API, with its operations by name. */
export interface LoadedDocument {
  document: Record<string, unknown>;
  operations: DocumentOperation[];
  byName: Map<string, DocumentOperation>;
  /** Whether an OpenAPI document was uploaded; otherwise the operations were entered by hand. */
  uploaded: boolean;
}

/** Parsed documents that are kept, in bytes of their JSON: two of the largest. */
const CACHE_BYTES = 32 * 1_048_576;

interface Loading {
  scope: Scope;
  api: ApiRow;
}

/** A document takes up to 0.2 s to parse, so those that are read are kept, and each is read once at a time. */
const cache = () =>
  processSingleton(
    "references",
    () =>
      new LRUCache<string, LoadedDocument, Loading>({
        maxSize: CACHE_BYTES,
        fetchMethod: async (_key, _stale, { context, options }) => {
          const { loaded, bytes } = await load(context.scope, context.api);
          options.size = Math.max(1, bytes);
          return loaded;
        },
      }),
  );

/** The current document of the API. For an API without one, a document of the operations that were entered by hand. */
export async function loadDocument(scope: Scope, api: ApiRow): Promise<LoadedDocument> {
  const { apis } = scope.t;
  // Several changes can have the same time. The size as text would be another guard, but Postgres would write the whole
  // document for it, on every page.
  const stored = storedBytes(scope, apis.openapi);
  const [row] = await scope.q.select({ stored }).from(apis).where(eq(apis.id, api.id));
  const loaded = await cache().fetch(`${api.id} ${api.updatedAt} ${row?.stored ?? 0}`, {
    context: { scope, api },
  });
  return loaded ?? (await load(scope, api)).loaded;
}

/** Reads and parses the document; `bytes` is its size as JSON. */
async function load(scope: Scope, api: ApiRow): Promise<{ loaded: LoadedDocument; bytes: number }> {
  const { apis } = scope.t;
  const [row] = await scope.q
    .select({ openapi: apis.openapi, bytes: jsonBytes(scope, apis.openapi) })
    .from(apis)
    .where(eq(apis.id, api.id));
  const uploaded = row?.openapi ?? null;
  const document = uploaded ?? (await documentByHand(scope, api));
  const operations = documentOperations(document);
  const byName = new Map(operations.map((operation) => [operation.name, operation]));
  return {
    loaded: { document, operations, byName, uploaded: uploaded !== null },
    bytes: row?.bytes ?? 0,
  };
}

async function documentByHand({ q, t }: Scope, api: ApiRow): Promise<Record<string, unknown>> {
  const { operations } = t;
  const rows = await q
    .select({
      name: operations.name,
      summary: operations.summary,
      method: operations.method,
      path: operations.path,
    })
    .from(operations)
    .where(eq(operations.apiId, api.id))
    .orderBy(asc(operations.position));
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { name, summary, method, path } of rows) {
    if (method === null || path === null) continue;
    const item = paths[path] ?? {};
    item[method.toLowerCase()] ??= { operationId: name, ...(summary === null ? {} : { summary }) };
    paths[path] = item;
  }
  return {
    openapi: "3.1.0",
    info: { title: api.name, version: "", description: api.description },
    ...(api.baseUrl === null ? {} : { servers: [{ url: api.baseUrl }] }),
    paths,
  };
}
