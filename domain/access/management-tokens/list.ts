import { and, desc, eq, lt, or } from "drizzle-orm";
import { iso, isoOrNull } from "#core/time.ts";
import type { Tables } from "#db/schema.ts";
import { requireUser, type Verb } from "../../context.ts";
import { pageOf, readCursor } from "../../lists.ts";
import type { ListManagementTokensInput, ManagementToken, ManagementTokenPage } from "./schema.ts";

/** The user's own management tokens, including revoked ones, newest first. */
export async function listManagementTokens({
  ctx,
  input,
}: Verb<ListManagementTokensInput>): Promise<ManagementTokenPage> {
  const { userId } = requireUser(ctx);
  const { managementTokens } = ctx.db.read.t;
  const { id, createdAt } = managementTokens;
  const after = readCursor(input.cursor, ["number", "text"]);
  const rows = await ctx.db.read.q
    .select({
      id,
      name: managementTokens.name,
      hint: managementTokens.hint,
      scopes: managementTokens.scopes,
      createdAt,
      lastUsedAt: managementTokens.lastUsedAt,
      revokedAt: managementTokens.revokedAt,
    })
    .from(managementTokens)
    .where(
      and(
        eq(managementTokens.userId, userId),
        after ? or(lt(createdAt, after[0]), and(eq(createdAt, after[0]), lt(id, after[1]))) : undefined,
      ),
    )
    .orderBy(desc(createdAt), desc(id))
    .limit(input.limit + 1);
  return pageOf(rows, input.limit, (row) => [row.createdAt, row.id], presentManagementToken);
}

type ManagementTokenRow = Pick<
  Tables["managementTokens"]["$inferSelect"],
  "id" | "name" | "hint" | "scopes" | "createdAt" | "lastUsedAt" | "revokedAt"
>;

/** A row as a management token in a response. */
export function presentManagementToken(row: ManagementTokenRow): ManagementToken {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: row.scopes,
    createdAt: iso(row.createdAt),
    lastUsedAt: isoOrNull(row.lastUsedAt),
    revokedAt: isoOrNull(row.revokedAt),
  };
}
