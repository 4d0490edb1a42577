import { and, eq, notExists, type SQL } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import { recordAudits } from "../../audit/record.ts";
import type { Ctx } from "../../context.ts";
import { inviter, isOpen } from "./links.ts";

/**
 * Withdraws a user's invitations that they could no longer send. Call it in the transaction that takes the right
 * away: otherwise someone who expects to be removed could keep a way back in, or regain it with an account that is
 * enabled again.
 */
export function withdrawInvitationsWithoutRight(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  return withdraw(tx, ctx, userId, notExists(inviter(tx)));
}

/** Withdraws all invitations of an account that turned out to belong to someone else. */
export function withdrawAllInvitations(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  return withdraw(tx, ctx, userId);
}

async function withdraw(tx: Tx, ctx: Ctx, userId: string, which?: SQL): Promise<void> {
  const { invitations } = tx.t;
  const now = ctx.now();
  const withdrawn = await tx.q
    .update(invitations)
    .set({ withdrawnAt: now })
    .where(and(eq(invitations.createdBy, userId), isOpen(tx, now), which))
    .returning({ id: invitations.id, email: invitations.email, projectId: invitations.projectId });
  await recordAudits(
    tx,
    ctx,
    withdrawn.map(({ id, email, projectId }) => ({
      action: "invitation.withdrawn",
      projectId,
      subject: { id, name: email ?? "" },
    })),
  );
}
