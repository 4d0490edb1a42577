import { and, eq, gt, isNull } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import { recordChange } from "#db/changes.ts";
import { requireProjectRole } from "../access.ts";
import { recordAudit } from "../audit/record.ts";
import type { Verb } from "../context.ts";
import { tell } from "../notices/tell.ts";
import { iso } from "../time.ts";
import { mustHoldStandingKey, readKey } from "./find.ts";
import type { RotateKeyInput } from "./schemas.ts";
import type { KeyWithSecret } from "./types.ts";

/**
 * Gives the key a new secret. The one before works for `overlapSeconds` more; one that was still in its
 * overlap ends now, so that at most two are alive.
 */
export async function rotateKey({ ctx, input }: Verb<RotateKeyInput>): Promise<KeyWithSecret> {
  return ctx.db.write(async (tx) => {
    await requireProjectRole(ctx, tx, input.projectId, "developer");
    const key = await mustHoldStandingKey(tx, input);
    const now = ctx.now();
    const { secrets } = tx.t;
    await tx.q
      .update(secrets)
      .set({ lapsesAt: now })
      .where(and(eq(secrets.keyId, key.id), gt(secrets.lapsesAt, now)));
    const lapsesAt = now + input.overlapSeconds * 1000;
    const [before] = await tx.q
      .update(secrets)
      .set({ lapsesAt })
      .where(and(eq(secrets.keyId, key.id), isNull(secrets.lapsesAt)))
      .returning({ hint: secrets.hint });
    const token = generateToken(ctx.settings.keyPrefix, key.environment);
    const secret = { id: newId("secret"), keyId: key.id, hash: hashToken(token), hint: hintOf(token) };
    await tx.q.insert(secrets).values({ ...secret, createdAt: now, lapsesAt: null, lastUsedAt: null });
    await recordChange(tx, { kind: "key", subject: key.id }, now);
    await recordAudit(tx, ctx, {
      action: "key.rotated",
      projectId: key.projectId,
      subject: key,
      before: { hint: before?.hint ?? "" },
      after: { hint: secret.hint, olderLapsesAt: iso(lapsesAt) },
    });
    await tell(tx, ctx, {
      kind: "key.rotated",
      projectId: key.projectId,
      subject: key,
      data: { hint: secret.hint, lapsesAt: lapsesAt > now ? iso(lapsesAt) : null },
    });
    return { key: await readKey(tx, input, now), secret: token };
  });
}
