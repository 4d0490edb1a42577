import { and, asc, eq, gte } from "drizzle-orm";
import type { Scope, Tx } from "#db/open.ts";
import { encodeCursor } from "../../lists.ts";
import type { ListedOperation, Operation, ReadOperation } from "./schema.ts";

/** Rows that one query reads: at most about 2 MB. */
const CHUNK = 500;

interface Range {
  /** Position of the first operation. */
  from?: number;
  maxBytes: number;
  maxCount?: number;
}

/** Operations of an API in order, and where to continue. */
interface OperationPage {
  operations: ListedOperation[];
  /** Null after the last one. */
  operationsCursor: string | null;
}

/** As many operations of an API, from position `from`, as fit into `maxBytes` of JSON; at least one if there is one. */
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
    for (const { name, operationId, summary, method, path, requiredScopes, position } of rows) {
      const operation = { name, operationId, summary, method, path, requiredScopes };
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

/** Replaces the operations of an API. */
export async function writeOperations(
  tx: Tx,
  apiId: string,
  operations: readonly (Operation | ReadOperation)[],
): Promise<void> {
  await tx.q.delete(tx.t.operations).where(eq(tx.t.operations.apiId, apiId));
  const rows = operations.map((operation, position) => ({ ...operation, apiId, position }));
  // SQLite accepts 32,766 values in a statement; a row has nine.
  for (let at = 0; at < rows.length; at += 500) {
    await tx.q.insert(tx.t.operations).values(rows.slice(at, at + 500));
  }
}
