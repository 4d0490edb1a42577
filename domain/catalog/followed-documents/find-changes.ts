import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { asc, eq } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import type { StoredDocumentChanges } from "#db/tables/catalog.ts";
import { DomainError } from "../../errors.ts";
import type { ApiRow } from "../apis/find.ts";
import { readOpenApi } from "../apis/read-openapi.ts";
import { compareDocuments } from "./changes.ts";
import type { FetchDocument } from "./schema.ts";

/** A document that differs from the one of the API. */
interface Found {
  document: Record<string, unknown>;
  /** SHA-256 of its JSON, hexadecimal. */
  digest: string;
  changes: StoredDocumentChanges;
}

/** What is at the URL: a changed document, the same one as before, or nothing that can be read. */
export type DocumentCheckResult = { found: Found | null } | { error: string };

/** Reads the document at the URL and compares it with that of the API. Writes nothing. */
export async function findChanges(
  scope: Scope,
  api: ApiRow,
  url: string,
  fetchDocument: FetchDocument,
): Promise<DocumentCheckResult> {
  const fetched = await fetchDocument(url);
  if ("error" in fetched) return fetched;
  try {
    const { json, summary } = await readOpenApi(fetched.text);
    const document: Record<string, unknown> = JSON.parse(json);
    const current = await currentDocument(scope, api);
    if (isDeepStrictEqual(current.document, document)) return { found: null };
    return {
      found: {
        document,
        digest: createHash("sha256").update(json).digest("hex"),
        changes: compareDocuments(current, { ...summary, document }),
      },
    };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const [first] = error.errors;
    return { error: [error.message, first?.message].filter(Boolean).join(" ") };
  }
}

async function currentDocument({ q, t }: Scope, api: ApiRow) {
  const { name, method, path, requiredScopes, position } = t.operations;
  const [[row], operations] = await Promise.all([
    q.select({ document: t.apis.openapi }).from(t.apis).where(eq(t.apis.id, api.id)),
    q
      .select({ name, method, path, requiredScopes })
      .from(t.operations)
      .where(eq(t.operations.apiId, api.id))
      .orderBy(asc(position)),
  ]);
  const scopes = api.scopes.filter(({ fromDocument }) => fromDocument);
  return { document: row?.document ?? null, operations, scopes };
}
