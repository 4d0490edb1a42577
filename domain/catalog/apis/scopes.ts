import { and, eq, isNotNull } from "drizzle-orm";
import { MAX_API_SCOPES } from "#core/api-scopes/required.ts";
import { formatNumber } from "#core/format.ts";
import type { Scope } from "#db/open.ts";
import type { StoredScope } from "#db/tables/catalog.ts";
import { invalid } from "../../errors.ts";
import type { DeclaredScope, Operation } from "./schema.ts";

interface Sources {
  /** Of the OpenAPI document. */
  fromDocument: readonly DeclaredScope[];
  /** Entered by hand. */
  entered: readonly DeclaredScope[];
  /** Entered by hand; those that they need are declared too. */
  operations: readonly Pick<Operation, "requiredScopes">[];
}

/** The scopes of an API by name, each once; the document's come first. Throws `invalid` for too many. */
export function mergeScopes({ fromDocument, entered, operations }: Sources): StoredScope[] {
  const byName = new Map<string, StoredScope>();
  for (const { name, description } of fromDocument) {
    byName.set(name, { name, description, fromDocument: true });
  }
  const needed = operations.flatMap(({ requiredScopes }) => requiredScopes?.flat() ?? []);
  for (const { name, description } of [...entered, ...needed.map((name) => ({ name, description: "" }))]) {
    if (!byName.has(name)) byName.set(name, { name, description, fromDocument: false });
  }
  if (byName.size > MAX_API_SCOPES) {
    throw invalid(
      "scopes",
      `The API would have ${formatNumber(byName.size)} scopes; at most ${MAX_API_SCOPES}.`,
    );
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

type Written = Omit<Operation, "requiredScopes"> & Partial<Pick<Operation, "requiredScopes">>;

/**
 * Operations with what they need: those that don't say it keep what the operation of their name needed, because clients
 * from before scopes leave it out.
 */
export async function withRequirements(
  { q, t: { operations } }: Scope,
  apiId: string,
  written: readonly Written[],
): Promise<Operation[]> {
  const silent = written.some(({ requiredScopes }) => requiredScopes === undefined);
  const rows = !silent
    ? []
    : await q
        .select({ name: operations.name, requiredScopes: operations.requiredScopes })
        .from(operations)
        .where(and(eq(operations.apiId, apiId), isNotNull(operations.requiredScopes)));
  const before = new Map(rows.map(({ name, requiredScopes }) => [name, requiredScopes]));
  return written.map((operation) => ({
    ...operation,
    requiredScopes:
      operation.requiredScopes === undefined
        ? (before.get(operation.name) ?? null)
        : operation.requiredScopes,
  }));
}

/** What the operations of an API need, as stored; without those that need nothing. */
export function readRequirements(
  { q, t: { operations } }: Scope,
  apiId: string,
): Promise<Pick<Operation, "requiredScopes">[]> {
  return q
    .selectDistinct({ requiredScopes: operations.requiredScopes })
    .from(operations)
    .where(and(eq(operations.apiId, apiId), isNotNull(operations.requiredScopes)));
}
