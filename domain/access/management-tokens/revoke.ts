import { and, eq, isNull } from "drizzle-orm";
import { recordAudit } from "../../audit/record.ts";
import { requireUser, type Verb } from "../../context.ts";
import { notFound } from "../../errors.ts";
import type { ManagementTokenRef } from "./schema.ts";

/** Revokes one of the user's own management tokens, immediately and permanently. */
export async function revokeManagementToken({ ctx, input }: Verb<ManagementTokenRef>): Promise<void> {
  const { userId } = requireUser(ctx);
  await ctx.db.write(async (tx) => {
    const { managementTokens } = tx.t;
    const [token] = await tx.q
      .select({ id: managementTokens.id, name: managementTokens.name, hint: managementTokens.hint })
      .from(managementTokens)
      .where(and(eq(managementTokens.id, input.managementTokenId), eq(managementTokens.userId, userId)));
    if (!token) throw notFound("management token");
    const [revoked] = await tx.q
      .update(managementTokens)
      .set({ revokedAt: ctx.now() })
      .where(and(eq(managementTokens.id, token.id), isNull(managementTokens.revokedAt)))
      .returning({ id: managementTokens.id });
    if (!revoked) return;
    await recordAudit(tx, ctx, {
      action: "managementToken.revoked",
      subject: token,
      before: { hint: token.hint },
    });
  });
}
