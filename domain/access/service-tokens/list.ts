import { and, desc, eq, lt, or } from "drizzle-orm";
import { requireAdmin, type Verb } from "../../context.ts";
import { pageOf, readCursor } from "../../lists.ts";
import { presentServiceToken, selectServiceTokens } from "./present.ts";
import type { ListServiceTokensInput } from "./schema.ts";
import type { ServiceTokenPage } from "./types.ts";

/** All service tokens, including revoked ones, newest first. Administrators only. */
export async function listServiceTokens({
  ctx,
  input,
}: Verb<ListServiceTokensInput>): Promise<ServiceTokenPage> {
  requireAdmin(ctx);
  const { createdAt, id } = ctx.db.read.t.serviceTokens;
  const after = readCursor(input.cursor, ["number", "text"]);
  const rows = await selectServiceTokens(ctx.db.read)
    .where(after ? or(lt(createdAt, after[0]), and(eq(createdAt, after[0]), lt(id, after[1]))) : undefined)
    .orderBy(desc(createdAt), desc(id))
    .limit(input.limit + 1);
  return pageOf(rows, input.limit, (row) => [row.createdAt, row.id], presentServiceToken);
}
