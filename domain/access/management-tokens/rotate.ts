import { and, eq, sql } from "drizzle-orm";
import { MEMBERS_WRITE } from "#core/scopes.ts";
import { iso, isoOrNull } from "#core/time.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { denyManagementTokens, requireUser, type Verb } from "../../context.ts";
import { DomainError, notFound } from "../../errors.ts";
import { lockActiveUser, requireRecentConfirmation } from "../accounts/step-up.ts";
import { olderSecretOf, rotateSecrets } from "../token-rotation.ts";
import { expiryFor } from "./lifetime.ts";
import { type ManagementTokenRow, presentManagementToken } from "./list.ts";
import type {
  ManagementToken,
  ManagementTokenRef,
  ManagementTokenWithToken,
  RotateManagementTokenInput,
} from "./schema.ts";

/**
 * Gives one of the user's own tokens a new secret and a new expiry; its id, scopes and allowed IP addresses stay. The
 * current secret works for another `overlapSeconds`. A management token can't rotate itself or another, because a
 * stolen one would never expire. Throws `conflict` for a revoked token and, with the problem `OVERLAP_RUNNING`, while
 * an older secret still works.
 */
export async function rotateManagementToken({
  ctx,
  input,
}: Verb<RotateManagementTokenInput>): Promise<ManagementTokenWithToken> {
  const user = requireUser(ctx);
  denyManagementTokens(ctx);
  return ctx.db.write(async (tx) => {
    await lockActiveUser(tx, user);
    const row = await lockOwnToken(tx, user.userId, input);
    if (row.scopes.includes(MEMBERS_WRITE)) requireRecentConfirmation(ctx);
    const now = ctx.now();
    const token = generateToken(ctx.settings.keyPrefix, "mgt");
    const expiresAt = await expiryFor(tx, input.expiresAt, now);
    const { overlapSeconds, endOlder } = input;
    const next = { hash: hashToken(token), hint: hintOf(token), expiresAt, overlapSeconds, endOlder };
    const secrets = rotateSecrets(row, next, now);
    const { managementTokens } = tx.t;
    await tx.q.update(managementTokens).set(secrets).where(eq(managementTokens.id, row.id));
    ctx.created?.({ kind: "managementToken", id: row.id, name: row.name, hint: next.hint, projectId: null });
    await recordAudit(tx, ctx, {
      action: "managementToken.rotated",
      subject: row,
      before: { hint: row.hint, expiresAt: isoOrNull(row.expiresAt) },
      after: {
        hint: next.hint,
        expiresAt: isoOrNull(expiresAt),
        olderLapsesAt: isoOrNull(secrets.olderEndsAt),
      },
    });
    return { managementToken: presentManagementToken({ ...row, ...secrets }, now), token };
  });
}

/** Ends the overlap of a rotated token now: only its current secret works. Ending it twice is not an error. */
export async function endManagementTokenOverlap({
  ctx,
  input,
}: Verb<ManagementTokenRef>): Promise<ManagementToken> {
  const { userId } = requireUser(ctx);
  return ctx.db.write(async (tx) => {
    const row = await lockOwnToken(tx, userId, input);
    const now = ctx.now();
    const older = olderSecretOf(row, now);
    if (older === null) return presentManagementToken(row, now);
    const { managementTokens } = tx.t;
    await tx.q.update(managementTokens).set({ olderEndsAt: now }).where(eq(managementTokens.id, row.id));
    await recordAudit(tx, ctx, {
      action: "managementToken.secret-ended",
      subject: row,
      before: { ...older },
      after: { lapsesAt: iso(now) },
    });
    return presentManagementToken({ ...row, olderEndsAt: now }, now);
  });
}

/** Locks one of the user's own tokens until the transaction ends. Throws `not-found`, and `conflict` if revoked. */
async function lockOwnToken(
  { q, t: { managementTokens } }: Tx,
  userId: string,
  { managementTokenId }: ManagementTokenRef,
): Promise<ManagementTokenRow & { hash: string; olderHash: string | null }> {
  const [row] = await q
    .update(managementTokens)
    .set({ id: sql`${managementTokens.id}` })
    .where(and(eq(managementTokens.id, managementTokenId), eq(managementTokens.userId, userId)))
    .returning();
  if (!row) throw notFound("management token");
  if (row.revokedAt !== null) {
    throw new DomainError("conflict", "This management token is revoked. Create another one.");
  }
  return row;
}
