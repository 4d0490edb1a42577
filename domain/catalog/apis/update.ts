import { eq, sql } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import { recordAudit } from "../../audit/record.ts";
import { requireAdmin, type Verb } from "../../context.ts";
import { refuseBoth } from "./create.ts";

import { type ApiRow, mustFindApi, readApi } from "./find.ts";
import { writeOperations } from "./operations.ts";
import { readOpenApi } from "./read-openapi.ts";
import type { Api, UpdateApiInput } from "./schema.ts";
import { writeAudience } from "./visible.ts";

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
  refuseBoth(input);
  const read = input.openapi === undefined ? null : await readOpenApi(input.openapi);
  // Operations given by hand replace the document, which would otherwise contradict them.
  const operations = read?.summary.operations ?? input.operations;
  return ctx.db.write(async (tx) => {
    const api = await mustFindApi(tx, input.slug);
    const changed = changedFields(api, input);
    const { visibleTo } = input;
    if (Object.keys(changed).length === 0 && operations === undefined && visibleTo === undefined) {
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
        updatedAt: now,
      })
      .where(eq(tx.t.apis.id, api.id));
    if (operations) await writeOperations(tx, api.id, operations);
    if (visibleTo) await writeAudience(tx, api.id, visibleTo);
    await recordChange(tx, { kind: "api", subject: api.id }, now);
    await recordAudit(tx, ctx, {
      action: "api.updated",
      subject: { id: api.id, name: changed.name ?? api.name },
      before: Object.fromEntries(
        FIELDS.filter((field) => field in changed).map((field) => [field, api[field]]),
      ),
      after: {
        ...changed,
        ...(operations && { operations: operations.length }),
        ...(visibleTo && { visibleTo: visibleTo.length }),
      },
    });
    return readApi(tx, ctx, api.slug);
  });
}

function changedFields(api: ApiRow, input: UpdateApiInput): Fields {
  return Object.fromEntries(
    FIELDS.filter((field) => input[field] !== undefined && input[field] !== api[field]).map((field) => [
      field,
      input[field],
    ]),
  );
}
