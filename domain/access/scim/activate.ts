import { eq } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import type { Ctx } from "../../context.ts";
import { endAllCredentials } from "../accounts/my-sessions.ts";
import { hasOtherAdmin } from "../accounts/site-role.ts";
import { withdrawInvitationsWithoutRight } from "../accounts/withdraw-invitations.ts";
import { ScimError } from "./errors.ts";

/**
 * Disables or enables a locked account. Disabling ends its sessions and revokes its management tokens. An account that
 * an administrator disabled stays disabled: SCIM enables only what it disabled. Throws 409 for the last
 * administrator.
 */
export async function setActive(
  tx: Tx,
  ctx: Ctx,
  { userId, deactivated }: { userId: string; deactivated: boolean },
  active: boolean,
): Promise<void> {
  const { scimUsers, users } = tx.t;
  const [user] = await tx.q.select().from(users).where(eq(users.id, userId));
  if (!user) return;
  const isActive = user.disabledAt === null;
  if (isActive === active || (active && !deactivated)) return;
  if (!active && user.siteRole === "admin" && !(await hasOtherAdmin(tx, userId))) {
    throw new ScimError(409, "This is the last administrator. Make another user an administrator first.");
  }
  const now = ctx.now();
  await tx.q
    .update(users)
    .set({ disabledAt: active ? null : now })
    .where(eq(users.id, userId));
  await tx.q.update(scimUsers).set({ deactivated: !active }).where(eq(scimUsers.userId, userId));
  if (!active) {
    await endAllCredentials(tx, userId, now);
    await withdrawInvitationsWithoutRight(tx, ctx, userId);
  }
  await recordAudit(tx, ctx, {
    action: active ? "user.enabled" : "user.disabled",
    subject: user,
    before: { disabled: active },
    after: { disabled: !active },
  });
}
