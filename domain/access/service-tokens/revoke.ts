import { and, eq, isNull } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import { recordAudit } from "../../audit/record.ts";
import { requireAdmin, type Verb } from "../../context.ts";
import { notFound } from "../../errors.ts";
import type { ServiceTokenRef } from "./schema.ts";

/** Revokes a service token permanently: its requests are rejected within a second. */
export async function revokeServiceToken({ ctx, input }: Verb<ServiceTokenRef>): Promise<void> {
  requireAdmin(ctx);
  await ctx.db.write(async (tx) => {
    const { serviceTokens } = tx.t;
    const [token] = await tx.q
      .select({ id: serviceTokens.id, name: serviceTokens.name, hint: serviceTokens.hint })
      .from(serviceTokens)
      .where(eq(serviceTokens.id, input.serviceTokenId));
    if (!token) throw notFound("service token");
    const [revoked] = await tx.q
      .update(serviceTokens)
      .set({ revokedAt: ctx.now() })
      .where(and(eq(serviceTokens.id, token.id), isNull(serviceTokens.revokedAt)))
      .returning({ id: serviceTokens.id });
    // Revoking twice is not an error: the result is the same.
    if (!revoked) return;
    await recordChange(tx, { kind: "serviceToken", subject: token.id }, ctx.now());
    await recordAudit(tx, ctx, {
      action: "serviceToken.revoked",
      subject: token,
      before: { hint: token.hint },
    });
  });
}
