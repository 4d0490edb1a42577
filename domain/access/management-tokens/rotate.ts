import { and, eq, type SQL, sql } from "drizzle-orm";
import { MEMBERS_WRITE } from "#core/scopes.ts";
import { iso } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, denyManagementTokens, requireUser, type Verb } from "../../context.ts";
import { DomainError, notFound } from "../../errors.ts";
import { lockActiveUser, requireRecentConfirmation } from "../accounts/step-up.ts";
import { olderSecretOf, rotateTokenRow } from "../token-rotation.ts";
import { requireAllRights } from "./create.ts";
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
  requireAllRights(user);
  return ctx.db.write(async (tx) => {
    await lockActiveUser(tx, user);
    const isOwn = eq(tx.t.managementTokens.userId, user.userId);
    const { row, token } = await rotateToken(tx, ctx, await lockToken(tx, input, isOwn), input);
    return { managementToken: presentManagementToken(row, ctx.now()), token };
  });
}

/** Ends the overlap of a rotated token now: only its current secret works. Ending it twice is not an error. */
export async function endManagementTokenOverlap({
  ctx,
  input,
}: Verb<ManagementTokenRef>): Promise<ManagementToken> {
  const { userId } = requireUser(ctx);
  return ctx.db.write(async (tx) => {
    const isOwn = eq(tx.t.managementTokens.userId, userId);
    return presentManagementToken(await endOverlap(tx, ctx, await lockToken(tx, input, isOwn)), ctx.now());
  });
}

/** A token's row, locked until the transaction ends. */
export type LockedToken = ManagementTokenRow & {
  hash: string;
  olderHash: string | null;
  projectId: string | null;
  createdBy: string | null;
};

/** Gives a locked token a new secret and a new expiry, and writes the audit row. */
export async function rotateToken(
  tx: Tx,
  ctx: Ctx,
  row: LockedToken,
  { expiresAt: end, overlapSeconds, endOlder }: RotateManagementTokenInput,
): Promise<{ row: LockedToken; token: string }> {
  if (row.scopes.includes(MEMBERS_WRITE)) requireRecentConfirmation(ctx);
  const now = ctx.now();
  const expiresAt = await expiryFor(tx, end, now);
  const format = { keyPrefix: ctx.settings.keyPrefix, kind: "mgt" } as const;
  const { token, secrets, audit } = rotateTokenRow(row, format, { expiresAt, overlapSeconds, endOlder }, now);
  const { managementTokens } = tx.t;
  await tx.q.update(managementTokens).set(secrets).where(eq(managementTokens.id, row.id));
  const { id, name, projectId } = row;
  ctx.created?.({ kind: "managementToken", id, name, hint: secrets.hint, projectId });
  await recordAudit(tx, ctx, {
    action: "managementToken.rotated",
    projectId,
    subject: row,
    ...audit,
  });
  return { row: { ...row, ...secrets }, token };
}

/** Ends the overlap of a locked token, and writes the audit row if there is one. */
export async function endOverlap(tx: Tx, ctx: Ctx, row: LockedToken): Promise<LockedToken> {
  const now = ctx.now();
  const older = olderSecretOf(row, now);
  if (older === null) return row;
  const { managementTokens } = tx.t;
  await tx.q.update(managementTokens).set({ olderEndsAt: now }).where(eq(managementTokens.id, row.id));
  await recordAudit(tx, ctx, {
    action: "managementToken.secret-ended",
    projectId: row.projectId,
    subject: row,
    before: { ...older },
    after: { lapsesAt: iso(now) },
  });
  return { ...row, olderEndsAt: now };
}

/**
 * Locks the token with this id among `these` until the transaction ends. Throws `not-found` for any other token, and
 * `conflict` for a revoked one.
 */
export async function lockToken(
  { q, t: { managementTokens } }: Tx,
  { managementTokenId }: ManagementTokenRef,
  these: SQL,
): Promise<LockedToken> {
  const [row] = await q
    .update(managementTokens)
    .set({ id: sql`${managementTokens.id}` })
    .where(and(eq(managementTokens.id, managementTokenId), these))
    .returning();
  if (!row) throw notFound("management token");
  if (row.revokedAt !== null) {
    throw new DomainError("conflict", "This management token is revoked. Create another one.");
  }
  return row;
}
