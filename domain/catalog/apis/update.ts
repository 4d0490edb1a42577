import { isDeepStrictEqual } from "node:util";
import { eq, sql } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import type { StoredScope } from "#db/tables/catalog.ts";
import { recordAudit } from "../../audit/record.ts";
import { requireAdmin, type Verb } from "../../context.ts";
import { lockApi } from "../../plans/create.ts";
import { rejectBoth } from "./create.ts";
import { type ApiRow, mustFindApi, readApi } from "./find.ts";
import { writeOperations } from "./operations.ts";
import { readOpenApi } from "./read-openapi.ts";
import type { Api, DeclaredScope, Operation, UpdateApiInput } from "./schema.ts";
import { mergeScopes, readRequirements, withRequirements } from "./scopes.ts";
import { writeAudience } from "./visibility.ts";

const FIELDS = [
  "name",
  "description",
  "access",
  "allowKeyInUrl",
  "baseUrl",
  "pathMatching",
  "visibility",
] as const;
type Fields = Partial<Pick<ApiRow, (typeof FIELDS)[number]>>;

/**
 * Updates the given fields of an API. A new OpenAPI document replaces only the operations, because name and
 * description may have been edited since. Administrators only.
 */
export async function updateApi({ ctx, input }: Verb<UpdateApiInput>): Promise<Api> {
  requireAdmin(ctx);
  rejectBoth(input);
  const read = input.openapi === undefined ? null : await readOpenApi(input.openapi);
  return ctx.db.write(async (tx) => {
    const { id } = await mustFindApi(tx, input.slug);
    await lockApi(tx, id);
    // Read again after locking: a concurrent change may have added scopes.
    const api = await mustFindApi(tx, input.slug);
    const entered = input.operations && (await withRequirements(tx, api.id, input.operations));
    // Operations given by hand replace the document, which would otherwise contradict them.
    const operations = read?.summary.operations ?? entered;
    const changed = changedFields(api, input);
    const { visibleTo } = input;
    const scopes = await scopesAfter(tx, api, { ...input, operations: entered }, read?.summary.scopes);
    const scopesChanged = !isDeepStrictEqual(scopes, api.scopes);
    const hasChanges = Object.keys(changed).length > 0 || operations !== undefined;
    if (!hasChanges && visibleTo === undefined && !scopesChanged) {
      return readApi(tx, ctx, api.slug);
    }
    const now = ctx.now();
    await tx.q
      .update(tx.t.apis)
      .set({
        ...changed,
        ...(operations
          ? { openapi: read && sql`${read.json}`, basePaths: read?.summary.basePaths ?? [] }
          : {}),
        ...(scopesChanged && { scopes }),
        updatedAt: now,
      })
      .where(eq(tx.t.apis.id, api.id));
    if (operations) {
      await writeOperations(tx, api.id, operations);
      await forgetFoundDocument(tx, api.id, now);
    }
    if (visibleTo) await writeAudience(tx, api.id, visibleTo);
    await recordChange(tx, { kind: "api", subject: api.id }, now);
    await recordAudit(tx, ctx, {
      action: "api.updated",
      subject: { id: api.id, name: changed.name ?? api.name },
      before: {
        ...Object.fromEntries(FIELDS.filter((field) => field in changed).map((field) => [field, api[field]])),
        ...(scopesChanged && { scopes: namesOf(api.scopes) }),
      },
      after: {
        ...changed,
        ...(operations && { operations: operations.length }),
        ...(visibleTo && { visibleTo: visibleTo.length }),
        ...(scopesChanged && { scopes: namesOf(scopes) }),
      },
    });
    return readApi(tx, ctx, api.slug);
  });
}

/** A document replaces the scopes of the previous one; those that were entered stay until others are. */
async function scopesAfter(
  tx: Tx,
  api: ApiRow,
  {
    scopes,
    operations,
    openapi,
  }: Pick<UpdateApiInput, "scopes" | "openapi"> & { operations: Operation[] | undefined },
  ofDocument: readonly DeclaredScope[] | undefined,
): Promise<StoredScope[]> {
  const isReplaced = openapi !== undefined || operations !== undefined;
  if (!isReplaced && scopes === undefined) return api.scopes;
  const before = api.scopes.filter(({ fromDocument }) => fromDocument);
  return mergeScopes({
    fromDocument: isReplaced ? (ofDocument ?? []) : before,
    entered: scopes ?? api.scopes.filter(({ fromDocument }) => !fromDocument),
    operations: operations ?? (isReplaced ? [] : await readRequirements(tx, api.id)),
  });
}

/** A document that was found at a URL was compared with the operations before these. */
async function forgetFoundDocument(
  { q, t: { followedDocuments } }: Tx,
  apiId: string,
  now: number,
): Promise<void> {
  await q
    .update(followedDocuments)
    .set({ pending: null, pendingDigest: null, pendingChanges: null, pendingSince: null, checkedAt: now })
    .where(eq(followedDocuments.apiId, apiId));
}

function namesOf(scopes: readonly StoredScope[]): string[] {
  return scopes.map(({ name }) => name);
}

function changedFields(api: ApiRow, input: UpdateApiInput): Fields {
  return Object.fromEntries(
    FIELDS.filter((field) => input[field] !== undefined && input[field] !== api[field]).map((field) => [
      field,
      input[field],
    ]),
  );
}
