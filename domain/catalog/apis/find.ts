import { and, asc, eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import { iso } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { jsonBytes } from "#db/portable-sql.ts";
import type { Tables } from "#db/schema.ts";
import type { Ctx } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { readOperations } from "./operations.ts";
import type { Api } from "./schema.ts";

export type ApiRow = Omit<Tables["apis"]["$inferSelect"], "openapi">;

/** The row of the API with this slug, for those who may see every API. Throws `not-found`. */
export async function mustFindApi(scope: Scope, slug: string): Promise<ApiRow> {
  const row = await findApi(scope, slug);
  if (!row) throw notFound("API");
  return row;
}

/** The row of the API with this slug that meets the condition; undefined if there is none. */
export async function findApi({ q, t }: Scope, slug: string, condition?: SQL): Promise<ApiRow | undefined> {
  // A URL may contain it, and Postgres rejects it.
  if (slug.includes("\0")) return undefined;
  const [row] = await q
    .select(columnsOf(getTableColumns(t.apis)))
    .from(t.apis)
    .where(and(eq(t.apis.slug, slug), condition));
  return row;
}

/** Every column but the OpenAPI document, which can be large and which no list shows. */
export function columnsOf({ openapi: _, ...columns }: Tables["apis"]["_"]["columns"]) {
  return columns;
}

/** APIs with all of their operations, in the order of `rows`. */
export async function presentApis({ q, t }: Scope, rows: ApiRow[]): Promise<Api[]> {
  if (rows.length === 0) return [];
  const operations = await q
    .select()
    .from(t.operations)
    .where(
      inArray(
        t.operations.apiId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(t.operations.position));
  const operationsOf = Map.groupBy(operations, (operation) => operation.apiId);
  return rows.map((row) =>
    presentApi(row, {
      operations: (operationsOf.get(row.id) ?? []).map(
        ({ name, operationId, summary, method, path, requiredScopes }) => ({
          name,
          operationId,
          summary,
          method,
          path,
          requiredScopes,
        }),
      ),
      operationsCursor: null,
    }),
  );
}

/** An API as responses have it, with the given part of its operations. */
export function presentApi(
  { id: _, createdAt, updatedAt, ...api }: ApiRow,
  operations: Pick<Api, "operations" | "operationsCursor">,
): Api {
  return { ...api, ...operations, createdAt: iso(createdAt), updatedAt: iso(updatedAt) };
}

/** An API with as many of its operations, from position `from`, as fit into a response of `maxBytes`. */
export async function presentApiPage(
  scope: Scope,
  row: ApiRow,
  maxBytes: number,
  from?: number,
): Promise<Api> {
  const api = presentApi(row, { operations: [], operationsCursor: null });
  const left = maxBytes - Buffer.byteLength(JSON.stringify(api)) - CURSOR_BYTES;
  return { ...api, ...(await readOperations(scope, row.id, { from, maxBytes: left })) };
}

/** The size of `operationsCursor`. */
const CURSOR_BYTES = 50;

/** JSON of an API and of an operation without its texts, bytes: field names and values of fixed length. */
const API_BYTES = 400;
const OPERATION_BYTES = 100;

/** Approximate size of each API as JSON, bytes. Computed by the database, without reading operations. */
export async function apiBytes(scope: Scope, rows: ApiRow[]): Promise<(row: ApiRow) => number> {
  const { q, t } = scope;
  const { apiId, name, operationId, summary, method, path, requiredScopes } = t.operations;
  const texts = [name, operationId, summary, method, path].map(
    (column) => sql`coalesce(octet_length(${column}), 0)`,
  );
  texts.push(jsonBytes(scope, requiredScopes));
  const ids = rows.map((row) => row.id);
  const sums = await q
    .select({
      apiId,
      bytes: sql<number>`sum(${sql.join(texts, sql` + `)} + ${OPERATION_BYTES})`.mapWith(Number),
    })
    .from(t.operations)
    .where(inArray(apiId, ids))
    .groupBy(apiId);
  const operationBytes = new Map(sums.map((row) => [row.apiId, row.bytes]));
  return (row) => API_BYTES + Buffer.byteLength(JSON.stringify(row)) + (operationBytes.get(row.id) ?? 0);
}

/** The API as this transaction sees it. */
export async function readApi(scope: Scope, ctx: Pick<Ctx, "settings">, slug: string): Promise<Api> {
  return presentApiPage(scope, await mustFindApi(scope, slug), ctx.settings.bounds.responseBytes);
}
