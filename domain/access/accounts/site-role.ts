import { and, eq, isNull, ne } from "drizzle-orm";
import type { Scope, Tx } from "#db/open.ts";
import type { SiteRole } from "#db/tables/accounts.ts";
import { recordAudit } from "../../audit/record.ts";
import type { Ctx } from "../../context.ts";
import { withdrawInvitationsWithoutRight } from "./withdraw-invitations.ts";

interface UserWithRole {
  id: string;
  name: string;
  siteRole: SiteRole;
}

/**
 * Gives a user another site role, and withdraws invitations that only an administrator could send. Returns false, and
 * changes nothing, if no administrator would be left. Call `lockAdmins` first.
 */
export async function changeSiteRole(
  tx: Tx,
  ctx: Ctx,
  user: UserWithRole,
  { siteRole, reason }: { siteRole: SiteRole; reason?: Record<string, unknown> },
): Promise<boolean> {
  if (user.siteRole === siteRole) return true;
  if (user.siteRole === "admin" && !(await hasOtherAdmin(tx, user.id))) return false;
  await tx.q.update(tx.t.users).set({ siteRole }).where(eq(tx.t.users.id, user.id));
  await withdrawInvitationsWithoutRight(tx, ctx, user.id);
  await recordAudit(tx, ctx, {
    action: "user.role-changed",
    subject: user,
    before: { siteRole: user.siteRole },
    after: { siteRole, ...reason },
  });
  return true;
}

/** Whether an administrator besides this user can sign in. */
export async function hasOtherAdmin({ q, t: { users } }: Scope, userId: string): Promise<boolean> {
  const [other] = await q
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.siteRole, "admin"), ne(users.id, userId), isNull(users.disabledAt)))
    .limit(1);
  return other !== undefined;
}
