import { and, asc, eq } from "drizzle-orm";
import { requireAuthenticated, type Verb } from "../../context.ts";
import { contains } from "../../like.ts";
import type { FindOperationsInput, FoundOperations } from "./schema.ts";
import { mustFindVisibleApi } from "./visibility.ts";

const MAX_FOUND = 100;

/** Operations of an API whose name contains a text, the first 100 in the order of the API. */
export async function findOperations({ ctx, input }: Verb<FindOperationsInput>): Promise<FoundOperations> {
  requireAuthenticated(ctx);
  const { q, t } = ctx.db.read;
  const api = await mustFindVisibleApi(ctx.db.read, ctx, input.slug);
  const { apiId, name, summary, position } = t.operations;
  const rows = await q
    .select({ name, summary })
    .from(t.operations)
    .where(and(eq(apiId, api.id), input.search === "" ? undefined : contains(name, input.search)))
    .orderBy(asc(position))
    .limit(MAX_FOUND + 1);
  return { items: rows.slice(0, MAX_FOUND), more: rows.length > MAX_FOUND };
}
