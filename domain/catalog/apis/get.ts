import { count, eq } from "drizzle-orm";
import { requireUser, type Verb } from "../../context.ts";
import { readCursor } from "../../lists.ts";
import { readOperations } from "./operations.ts";
import { mustFindApi, presentApi, presentApiWithin } from "./present.ts";
import type { ApiRef, GetApiInput } from "./schema.ts";
import type { Api, ApiForPage } from "./types.ts";

/** A page renders each operation as text and as data. */
const PAGE_BYTES = 128 * 1_024;

/** One API with as many of its operations as the response holds; `operationsCursor` leads to the others. */
export async function getApi({ ctx, input }: Verb<GetApiInput>): Promise<Api> {
  requireUser(ctx);
  const after = readCursor(input.operationsCursor, ["number"], "operationsCursor");
  const row = await mustFindApi(ctx.db.read, input.slug);
  return presentApiWithin(ctx.db.read, row, ctx.settings.bounds.responseBytes, after?.[0]);
}

/** The same for a page, which shows `maxOperations` of them at most and says how many there are. */
export async function getApiForPage({
  ctx,
  input,
}: Verb<ApiRef & { maxOperations: number }>): Promise<ApiForPage> {
  requireUser(ctx);
  const { q, t } = ctx.db.read;
  const row = await mustFindApi(ctx.db.read, input.slug);
  const [counted] = await q
    .select({ operations: count() })
    .from(t.operations)
    .where(eq(t.operations.apiId, row.id));
  const range = { maxBytes: PAGE_BYTES, maxCount: input.maxOperations };
  return {
    ...presentApi(row, await readOperations(ctx.db.read, row.id, range)),
    operationCount: counted?.operations ?? 0,
  };
}
