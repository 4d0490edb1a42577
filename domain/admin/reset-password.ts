import { createResetLink, mailAccountLink } from "../access/accounts/account-links.ts";
import { resetMail } from "../access/accounts/password-reset.ts";
import { passwordDenial } from "../access/accounts/required-provider.ts";
import { recordAudit } from "../audit/record.ts";
import { denyManagementTokens, requireAdmin, type Verb } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { UserRef } from "./schema.ts";
import { lockUser } from "./users.ts";

/**
 * Creates a one-time link that lets a user choose a new password, valid for 30 minutes. It is mailed to the user;
 * returned is the link if it could not be mailed. Administrators and the operator only, never a management token.
 * Throws `conflict` for a disabled account, and for one whose address must use a provider.
 */
export async function sendPasswordReset({ ctx, input }: Verb<UserRef>): Promise<{ link: string | null }> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  const { id, url, email } = await ctx.db.write(async (tx) => {
    const user = await lockUser(tx, ctx, input.userId);
    if (user.disabledAt !== null) {
      throw new DomainError("conflict", "This account is disabled. Enable it first.");
    }
    const denial = passwordDenial(ctx, user.email);
    if (denial !== null) throw new DomainError("conflict", denial);
    const link = await createResetLink(tx, ctx, user, ctx.actor.kind === "user" ? ctx.actor.userId : null);
    await recordAudit(tx, ctx, { action: "user.reset-link-created", subject: user });
    return { ...link, email: user.email };
  });
  const mailed = await mailAccountLink(ctx, id, resetMail(email, url, true));
  return { link: mailed ? null : url };
}
