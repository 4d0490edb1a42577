import { eq } from "drizzle-orm";
import { iso } from "#core/time.ts";
import { requireAdmin, requireUser, type Verb } from "../../../context.ts";
import { mustFindAnyKey, recordExemption, requireExemptionEnd } from "../exemptions.ts";
import type { EndExemptionInput, Exemption, ExemptKeyInput } from "./schema.ts";

/** Exempts a key from the policy for unused keys until then, at most for a year. Administrators only. */
export async function exemptKey({ ctx, input }: Verb<ExemptKeyInput>): Promise<Exemption> {
  requireAdmin(ctx);
  const { userId, name } = requireUser(ctx);
  const now = ctx.now();
  requireExemptionEnd(input.until, now);
  return ctx.db.write(async (tx) => {
    const key = await mustFindAnyKey(tx, input.keyId);
    const { exemptions } = tx.t;
    const row = {
      reason: input.reason,
      until: input.until,
      createdBy: userId,
      createdByName: name,
      createdAt: now,
    };
    await tx.q
      .insert(exemptions)
      .values({ keyId: key.id, ...row })
      .onConflictDoUpdate({ target: exemptions.keyId, set: row });
    await recordExemption(tx, ctx, key, {
      action: "key.exempted",
      after: { reason: input.reason, until: iso(input.until) },
    });
    return { reason: input.reason, until: iso(input.until), by: name };
  });
}

/** Ends a key's exemption. Administrators only. */
export async function endExemption({ ctx, input }: Verb<EndExemptionInput>): Promise<{ ended: boolean }> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const key = await mustFindAnyKey(tx, input.keyId);
    const { exemptions } = tx.t;
    const gone = await tx.q
      .delete(exemptions)
      .where(eq(exemptions.keyId, key.id))
      .returning({ id: exemptions.keyId });
    if (gone.length > 0) await recordExemption(tx, ctx, key, { action: "key.exemption-ended" });
    return { ended: gone.length > 0 };
  });
}
