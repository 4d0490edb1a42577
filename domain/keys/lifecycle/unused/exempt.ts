import { eq } from "drizzle-orm";
import { DAY_MS, iso } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../../audit/record.ts";
import { type Ctx, requireAdmin, requireUser, type Verb } from "../../../context.ts";
import { invalid, notFound, requireFuture } from "../../../errors.ts";
import type { KeyRow } from "../../find.ts";
import type { EndExemptionInput, Exemption, ExemptKeyInput } from "./schema.ts";

const YEAR_MS = 366 * DAY_MS;

/** Exempts a key from the policy for unused keys until then, at most for a year. Administrators only. */
export async function exemptKey({ ctx, input }: Verb<ExemptKeyInput>): Promise<Exemption> {
  requireAdmin(ctx);
  const { userId, name } = requireUser(ctx);
  const now = ctx.now();
  requireFuture("until", input.until, now);
  if (input.until > now + YEAR_MS) throw invalid("until", "At most one year: then someone should review it.");
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
    await trace(tx, ctx, "key.exempted", key, { reason: input.reason, until: iso(input.until) });
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
    if (gone.length > 0) await trace(tx, ctx, "key.exemption-ended", key);
    return { ended: gone.length > 0 };
  });
}

async function mustFindAnyKey({ q, t: { keys } }: Tx, keyId: string): Promise<KeyRow> {
  const [key] = await q.select().from(keys).where(eq(keys.id, keyId));
  if (!key) throw notFound("key");
  return key;
}

function trace(
  tx: Tx,
  ctx: Ctx,
  action: string,
  key: KeyRow,
  after?: Record<string, unknown>,
): Promise<void> {
  return recordAudit(tx, ctx, {
    action,
    projectId: key.projectId,
    subject: key,
    ...(after ? { after } : {}),
  });
}
