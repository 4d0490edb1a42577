import { and, eq } from "drizzle-orm";
import { recordAudit } from "../../audit/record.ts";
import { refuseTokens, requireUser, type Verb } from "../../context.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import { noteConfirmationFailed } from "../security/note.ts";
import { fitsPassword, hashPassword } from "./hash.ts";
import { endEverything } from "./my-sessions.ts";
import type { ChangePasswordInput } from "./schema.ts";
import { forgiveAttempt, startAttempt, subjectsOf } from "./throttle.ts";
import { refuseWeakPassword } from "./weak-password.ts";

/** What ended with a password, besides the other sessions. */
export interface PasswordChange {
  tokensRevoked: number;
}

/**
 * Changes the asker's own password, signs them out everywhere else and revokes their management tokens: whoever knew
 * the old password may have made some. Needs the current one, so that a screen left alone is not an account lost.
 */
export async function changePassword({ ctx, input }: Verb<ChangePasswordInput>): Promise<PasswordChange> {
  const { userId, address, session } = requireUser(ctx);
  refuseTokens(ctx);
  const { users } = ctx.db.read.t;
  const [user] = await ctx.db.read.q.select().from(users).where(eq(users.id, userId));
  if (!user) throw notFound("account");
  if (user.passwordHash === null) {
    throw new DomainError("conflict", "You sign in through a provider: there is no password to change.");
  }
  await refuseWeakPassword(ctx, input.password, user);
  // Apart from sign-ins: whoever fails at those must not keep the owner from this.
  const subjects = subjectsOf(`password of ${user.id}`, address);
  await startAttempt(ctx.db, subjects, ctx.now());
  if (!(await fitsPassword(user.passwordHash, input.current))) {
    noteConfirmationFailed(ctx, user);
    throw invalid("current", "This is not your current password.");
  }
  const passwordHash = await hashPassword(input.password);
  return ctx.db.write(async (tx) => {
    await forgiveAttempt(tx, subjects);
    const changed = await tx.q
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.id, userId), eq(users.passwordHash, user.passwordHash ?? "")))
      .returning({ id: users.id });
    // Whoever knew the password that somebody else has just replaced must not get the account back.
    if (changed.length === 0) throw invalid("current", "This is not your current password any more.");
    const tokensRevoked = await endEverything(tx, userId, ctx.now(), session?.id);
    await recordAudit(tx, ctx, {
      action: "user.password-changed",
      subject: user,
      after: { managementTokensRevoked: tokensRevoked },
    });
    return { tokensRevoked };
  });
}
