import { and, eq, isNull } from "drizzle-orm";
import { recordAudit } from "../../audit/record.ts";
import { enforceMaxInvitationsPerDay } from "../../bounds.ts";
import { denyManagementTokens, requireAdmin, requireUser, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { invitationMail } from "./invitation-mail.ts";
import { INVITATION_MS, mailLink, newLink } from "./links.ts";
import type { InviteToSiteInput } from "./schema.ts";
import { requireAllowed } from "./sign-up-policy.ts";
import { hasAccount } from "./users.ts";

/**
 * Invites a person to the site. Returns the link if it could not be mailed. Administrators only. Throws `forbidden`
 * for an email address that the sign-up policy excludes.
 */
export async function inviteToSite({
  ctx,
  input: { email },
}: Verb<InviteToSiteInput>): Promise<{ link: string | null }> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  const user = requireUser(ctx);
  requireAllowed(ctx, email);
  if (await hasAccount(ctx, email)) throw new DomainError("conflict", `${email} already has an account.`);
  const now = ctx.now();
  const { token, row } = newLink(now, INVITATION_MS);
  await ctx.db.write(async (tx) => {
    await enforceMaxInvitationsPerDay(tx, ctx, user.userId);
    const { invitations } = tx.t;
    await tx.q
      .update(invitations)
      .set({ withdrawnAt: now })
      .where(and(eq(invitations.kind, "site"), eq(invitations.email, email), isNull(invitations.acceptedAt)));
    await tx.q.insert(invitations).values({ ...row, kind: "site", email, createdBy: user.userId });
    ctx.created?.({ kind: "invitation", id: row.id, name: email, hint: "", projectId: null });
    await recordAudit(tx, ctx, { action: "user.invited", subject: { id: row.id, name: email } });
  });
  const link = `${ctx.settings.url}/sign-up?token=${token}`;
  const mailed = await mailLink(ctx, row.id, invitationMail(email, { inviter: user.name, link }));
  return { link: mailed ? null : link };
}
