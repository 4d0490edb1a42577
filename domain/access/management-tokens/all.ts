import { and, desc, eq, isNull, lt, or, sql } from "drizzle-orm";
import { recordAudit } from "../../audit/record.ts";
import { denyManagementTokens, requireAdmin, type Verb } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { pageOf, readCursor } from "../../lists.ts";
import { managementTokenFields, presentManagementToken } from "./list.ts";
import type { AdminManagementTokenPage, ListAllManagementTokensInput, ManagementTokenRef } from "./schema.ts";

/** The management tokens of all users that are not revoked, newest first, with their users. Administrators only. */
export async function listAllManagementTokens({
  ctx,
  input,
}: Verb<ListAllManagementTokensInput>): Promise<AdminManagementTokenPage> {
  requireAdmin(ctx);
  const { q, t } = ctx.db.read;
  const { managementTokens, users } = t;
  const { id, createdAt } = managementTokens;
  const after = readCursor(input.cursor, ["number", "text"]);
  const rows = await q
    .select({ ...managementTokenFields(t), user: { id: users.id, name: users.name } })
    .from(managementTokens)
    .innerJoin(users, eq(users.id, managementTokens.userId))
    .where(
      and(
        isNull(managementTokens.revokedAt),
        isNull(users.disabledAt),
        input.expires === "never" ? isNull(managementTokens.expiresAt) : undefined,
        after ? or(lt(createdAt, after[0]), and(eq(createdAt, after[0]), lt(id, after[1]))) : undefined,
      ),
    )
    .orderBy(desc(createdAt), desc(id))
    .limit(input.limit + 1);
  const now = ctx.now();
  return pageOf(
    rows,
    input.limit,
    (row) => [row.createdAt, row.id],
    ({ user, ...row }) => ({ ...presentManagementToken(row, now), user }),
  );
}

/**
 * Revokes a management token of any user, immediately and permanently. Revoking twice is not an error. Administrators
 * only, and not by a management token.
 */
export async function revokeAnyManagementToken({ ctx, input }: Verb<ManagementTokenRef>): Promise<void> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  await ctx.db.write(async (tx) => {
    const { managementTokens } = tx.t;
    const [token] = await tx.q
      .update(managementTokens)
      .set({ id: sql`${managementTokens.id}` })
      .where(eq(managementTokens.id, input.managementTokenId))
      .returning();
    if (!token) throw notFound("management token");
    if (token.revokedAt !== null) return;
    await tx.q
      .update(managementTokens)
      .set({ revokedAt: ctx.now() })
      .where(eq(managementTokens.id, token.id));
    await recordAudit(tx, ctx, {
      action: "managementToken.revoked",
      subject: token,
      before: { hint: token.hint, userId: token.userId },
    });
  });
}
