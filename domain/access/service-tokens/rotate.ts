import { eq } from "drizzle-orm";
import { iso } from "#core/time.ts";
import { recordChange } from "#db/changes.ts";
import { recordAudit } from "../../audit/record.ts";
import { requireAdmin, type Verb } from "../../context.ts";
import { expiryAfterRotation, olderSecretOf, rotateTokenRow } from "../token-rotation.ts";
import { readServiceToken } from "./list.ts";
import { lockServiceToken } from "./lock.ts";
import type {
  RotateServiceTokenInput,
  ServiceToken,
  ServiceTokenRef,
  ServiceTokenWithToken,
} from "./schema.ts";

/**
 * Gives a service token a new secret, and a new expiry if one is given; its id, API and trusted proxies stay. The
 * current secret works for another `overlapSeconds`. Throws `conflict` for a revoked token, for an expired one without
 * a new expiry and, with the problem `OVERLAP_RUNNING`, while an older secret still works. Administrators only.
 */
export async function rotateServiceToken({
  ctx,
  input,
}: Verb<RotateServiceTokenInput>): Promise<ServiceTokenWithToken> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const row = await lockServiceToken(tx, input);
    const now = ctx.now();
    const expiresAt = expiryAfterRotation(row, input.expiresAt, "service token", now);
    const format = { keyPrefix: ctx.settings.keyPrefix, kind: "svc" } as const;
    const { token, secrets, audit } = rotateTokenRow(row, format, { ...input, expiresAt }, now);
    const { serviceTokens } = tx.t;
    await tx.q.update(serviceTokens).set(secrets).where(eq(serviceTokens.id, row.id));
    ctx.created?.({ kind: "serviceToken", id: row.id, name: row.name, hint: secrets.hint, projectId: null });
    await recordChange(tx, { kind: "serviceToken", subject: row.id }, now);
    await recordAudit(tx, ctx, {
      action: "serviceToken.rotated",
      subject: row,
      ...audit,
    });
    return { serviceToken: await readServiceToken(tx, row.id, now), token };
  });
}

/**
 * Ends the overlap of a rotated service token: verifiers reject its old secret within a second. Ending it twice is not
 * an error. Administrators only.
 */
export async function endServiceTokenOverlap({ ctx, input }: Verb<ServiceTokenRef>): Promise<ServiceToken> {
  requireAdmin(ctx);
  return ctx.db.write(async (tx) => {
    const row = await lockServiceToken(tx, input);
    const now = ctx.now();
    const older = olderSecretOf(row, now);
    if (older !== null) {
      const { serviceTokens } = tx.t;
      await tx.q.update(serviceTokens).set({ olderEndsAt: now }).where(eq(serviceTokens.id, row.id));
      await recordChange(tx, { kind: "serviceToken", subject: row.id }, now);
      await recordAudit(tx, ctx, {
        action: "serviceToken.secret-ended",
        subject: row,
        before: { ...older },
        after: { lapsesAt: iso(now) },
      });
    }
    return readServiceToken(tx, row.id, now);
  });
}
