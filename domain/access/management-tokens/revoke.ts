import { and, eq, isNull, type SQL } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, requireUser, type Verb } from "../../context.ts";
import { notFound } from "../../errors.ts";
import type { ManagementTokenRef } from "./schema.ts";

/** Revokes one of the user's own management tokens, immediately and permanently. */
export async function revokeManagementToken({ ctx, input }: Verb<ManagementTokenRef>): Promise<void> {
  const { userId } = requireUser(ctx);
  await ctx.db.write((tx) =>
    revokeToken(tx, ctx, input.managementTokenId, eq(tx.t.managementTokens.userId, userId)),
  );
}

/**
 * Revokes the token with this id among `these`, and writes the audit row. Revoking twice is not an error. Throws
 * `not-found` for any other token.
 */
export async function revokeToken(tx: Tx, ctx: Ctx, managementTokenId: string, these?: SQL): Promise<void> {
  const { managementTokens } = tx.t;
  const [token] = await tx.q
    .select({
      id: managementTokens.id,
      name: managementTokens.name,
      hint: managementTokens.hint,
      userId: managementTokens.userId,
      projectId: managementTokens.projectId,
    })
    .from(managementTokens)
    .where(and(eq(managementTokens.id, managementTokenId), these));
  if (!token) throw notFound("management token");
  const [revoked] = await tx.q
    .update(managementTokens)
    .set({ revokedAt: ctx.now() })
    .where(and(eq(managementTokens.id, token.id), isNull(managementTokens.revokedAt)))
    .returning({ id: managementTokens.id });
  if (!revoked) return;
  const { hint, userId, projectId } = token;
  await recordAudit(tx, ctx, {
    action: "managementToken.revoked",
    projectId,
    subject: token,
    before: { hint, ...(userId !== null && { userId }) },
  });
}
