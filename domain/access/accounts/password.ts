import { and, eq } from "drizzle-orm";
import { recordAudit } from "../../audit/record.ts";
import { denyManagementTokens, requireUser, type Verb } from "../../context.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import { recordConfirmationFailed } from "../security/record.ts";
import { hasSecondFactor } from "./factors/second-factor.ts";
import { hashPassword, verifyPassword } from "./hash.ts";
import { endAllCredentials } from "./my-sessions.ts";
import { requirePasswordAllowed } from "./required-provider.ts";
import type { ChangePasswordInput } from "./schema.ts";
import { requireRecentConfirmation } from "./step-up.ts";
import { resetAttempts, startAttempt, subjectsOf } from "./throttle.ts";
import { requireStrongPassword } from "./weak-password.ts";

/** What a password change ended, besides the other sessions. */
export interface PasswordChange {
  tokensRevoked: number;
}

/**
 * Changes the user's own password, ends their other sessions and revokes their management tokens: someone who knew
 * the old password may have created some. Requires the current password, so that an unattended screen can't be used
 * to take over the account, and of users with a second factor a recent confirmation with it, so that the password alone
 * can't either.
 */
export async function changePassword({ ctx, input }: Verb<ChangePasswordInput>): Promise<PasswordChange> {
  const { userId, ipAddress, session } = requireUser(ctx);
  denyManagementTokens(ctx);
  const { users } = ctx.db.read.t;
  const [user] = await ctx.db.read.q.select().from(users).where(eq(users.id, userId));
  if (!user) throw notFound("account");
  requirePasswordAllowed(ctx, user.email);
  if (user.passwordHash === null) {
    throw new DomainError("conflict", "You sign in through a provider, so there is no password to change.");
  }
  if (await hasSecondFactor(ctx.db.read, userId)) requireRecentConfirmation(ctx);
  await requireStrongPassword(ctx, input.password, user);
  // Counted separately from sign-ins: someone who fails at those must not keep the owner from changing the password.
  const subjects = subjectsOf(`password of ${user.id}`, ipAddress);
  await startAttempt(ctx.db, subjects, ctx.now());
  if (!(await verifyPassword(user.passwordHash, input.current))) {
    recordConfirmationFailed(ctx, user, "wrong-password");
    throw invalid("current", "This is not your current password.");
  }
  const passwordHash = await hashPassword(input.password);
  return ctx.db.write(async (tx) => {
    const changed = await tx.q
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.id, userId), eq(users.passwordHash, user.passwordHash ?? "")))
      .returning({ id: users.id });
    // Someone who knew the old password must not win against a concurrent change of it.
    if (changed.length === 0) throw invalid("current", "This is no longer your current password.");
    // After the user's row, in the order of sign-ins, so that they can't deadlock.
    await resetAttempts(tx, subjects);
    const tokensRevoked = await endAllCredentials(tx, userId, ctx.now(), session?.id);
    await recordAudit(tx, ctx, {
      action: "user.password-changed",
      subject: user,
      after: { managementTokensRevoked: tokensRevoked },
    });
    return { tokensRevoked };
  });
}
