import { sql } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { recordChange } from "#db/changes.ts";
import { isUniqueViolation } from "#db/errors.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { enforceMaxApis } from "../../bounds.ts";
import { requireAdmin, type Verb } from "../../context.ts";
import { DomainError, invalid } from "../../errors.ts";
import { readApi } from "./find.ts";
import { writeOperations } from "./operations.ts";
import { readOpenApi } from "./read-openapi.ts";
import type { Api, CreateApiInput, OpenApiPreview, PreviewOpenApiInput } from "./schema.ts";
import { mergeScopes } from "./scopes.ts";
import { writeAudience } from "./visibility.ts";

/**
 * Adds an API, by hand or from its OpenAPI document. Administrators only. `alsoWrite` runs in the same transaction.
 */
export async function createApi(
  { ctx, input }: Verb<CreateApiInput>,
  alsoWrite?: (tx: Tx, api: { id: string; name: string }) => Promise<void>,
): Promise<Api> {
  requireAdmin(ctx);
  rejectBoth(input);
  const read = input.openapi === undefined ? null : await readOpenApi(input.openapi);
  const name = input.name ?? read?.summary.name ?? undefined;
  if (name === undefined) throw invalid("name", "Enter a name, or an OpenAPI document with a title.");
  const entered = (input.operations ?? []).map((operation) => ({
    ...operation,
    requiredScopes: operation.requiredScopes ?? null,
  }));
  const operations = read?.summary.operations ?? entered;
  const now = ctx.now();
  const row = {
    id: newId("api"),
    slug: input.slug,
    name,
    description: input.description ?? read?.summary.description ?? "",
    access: input.access,
    allowKeyInUrl: input.allowKeyInUrl,
    baseUrl: input.baseUrl === undefined ? (read?.summary.baseUrl ?? null) : input.baseUrl,
    basePaths: read?.summary.basePaths ?? [],
    pathMatching: input.pathMatching,
    visibility: input.visibility,
    scopes: mergeScopes({
      fromDocument: read?.summary.scopes ?? [],
      entered: input.scopes ?? [],
      operations: entered,
    }),
    openapi: read && sql`${read.json}`,
    createdAt: now,
    updatedAt: now,
  };
  try {
    return await ctx.db.write(async (tx) => {
      await enforceMaxApis(tx, ctx);
      await tx.q.insert(tx.t.apis).values(row);
      await writeOperations(tx, row.id, operations);
      if (input.visibleTo) await writeAudience(tx, row.id, input.visibleTo);
      await recordChange(tx, { kind: "api", subject: row.id }, now);
      const { slug, access, allowKeyInUrl, baseUrl, pathMatching, visibility } = row;
      await recordAudit(tx, ctx, {
        action: "api.created",
        subject: row,
        after: {
          slug,
          name,
          access,
          allowKeyInUrl,
          baseUrl,
          pathMatching,
          visibility,
          ...(input.visibleTo && { visibleTo: input.visibleTo.length }),
          operations: operations.length,
          ...(row.scopes.length > 0 && { scopes: row.scopes.map(({ name }) => name) }),
        },
      });
      await alsoWrite?.(tx, row);
      return readApi(tx, ctx, row.slug);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const message = `There is already an API “${input.slug}”.`;
    throw new DomainError("conflict", message, { errors: [{ path: "slug", message }] });
  }
}

/** The document lists the operations; a second list could only contradict it. */
export function rejectBoth({ openapi, operations }: Pick<CreateApiInput, "openapi" | "operations">): void {
  if (openapi !== undefined && operations !== undefined) {
    throw invalid("operations", "Leave the operations out: the OpenAPI document contains them.");
  }
}

/** How many operations a preview lists. */
const MAX_LISTED = 100;

/** What a document would add; nothing is written. Administrators only. */
export async function previewOpenApi({ ctx, input }: Verb<PreviewOpenApiInput>): Promise<OpenApiPreview> {
  requireAdmin(ctx);
  const { summary } = await readOpenApi(input.openapi);
  const operations = summary.operations.slice(0, MAX_LISTED);
  return { ...summary, operations, operationCount: summary.operations.length };
}
