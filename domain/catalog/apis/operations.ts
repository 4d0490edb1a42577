import { and, asc, eq, gte } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import { encodeCursor } from "../../lists.ts";
import type { ListedOperation } from "./types.ts";

/** Rows that one query reads: at most about 2 MB. */
const CHUNK = 500;

interface Range {
  /** Position of the first one. */
  from?: number;
  maxBytes: number;
  maxCount?: number;
}

/** Operations of an API in their order, and where to read on. */
interface OperationPage {
  operations: ListedOperation[];
  /** Null where none is left. */
  operationsCursor: string | null;
}

/** As many operations of an API as `maxBytes` hold as JSON, from a position on; at least one if there is one. */
export async function readOperations(
  { q, t: { operations } }: Scope,
  apiId: string,
  { from = 0, maxBytes, maxCount = Number.POSITIVE_INFINITY }: Range,
): Promise<OperationPage> {
  const found: ListedOperation[] = [];
  let bytes = 0;
  for (let next = from; ; ) {
    const rows = await q
      .select()
      .from(operations)
      .where(and(eq(operations.apiId, apiId), gte(operations.position, next)))
      .orderBy(asc(operations.position))
      .limit(CHUNK);
    for (const { name, operationId, summary, method, path, position } of rows) {
      const operation = { name, operationId, summary, method, path };
      bytes += Buffer.byteLength(JSON.stringify(operation)) + 1;
      if (found.length >= maxCount || (found.length > 0 && bytes > maxBytes)) {
        return { operations: found, operationsCursor: encodeCursor([position]) };
      }
      found.push(operation);
      next = position + 1;
    }
    if (rows.length < CHUNK) return { operations: found, operationsCursor: null };
  }
}
