import { eq } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import { recordAudit } from "../../audit/record.ts";
import { requireAdmin, type Verb } from "../../context.ts";
import { readServiceToken } from "./list.ts";
import { lockServiceToken } from "./lock.ts";
import type { ServiceToken, UpdateServiceTokenInput } from "./schema.ts";

/**
 * Allows or forbids a token's service to verify keys in its own process. Without the permission it gets no more facts
 * and stops answering locally within a second; it can still ask a verifier. Throws `conflict` for a revoked token.
 * Administrators only.
 */
export async function updateServiceToken({
  ctx,
  input,
}: Verb<UpdateServiceTokenInput>): Promise<ServiceToken> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const row = await lockServiceToken(tx, input);
    const now = ctx.now();
    const { localVerification = row.localVerification } = input;
    if (localVerification !== row.localVerification) {
      const { serviceTokens } = tx.t;
      const localVerificationEndedAt = localVerification ? null : now;
      await tx.q
        .update(serviceTokens)
        .set({ localVerification, localVerificationEndedAt })
        .where(eq(serviceTokens.id, row.id));
      await recordChange(tx, { kind: "serviceToken", subject: row.id }, now);
      await recordAudit(tx, ctx, {
        action: "serviceToken.updated",
        subject: row,
        before: { localVerification: row.localVerification },
        after: { localVerification },
      });
    }
    return readServiceToken(tx, row.id, now);
  });
}
