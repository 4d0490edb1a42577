import { notifyUser } from "../access/accounts/factors/notify-user.ts";
import { hasSecondFactor, removeSecondFactors } from "../access/accounts/factors/second-factor.ts";
import { endSessions } from "../access/accounts/my-sessions.ts";
import { recordAudit } from "../audit/record.ts";
import { denyManagementTokens, requireAdmin, type Verb } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { UserRef } from "./schema.ts";
import { lockUser } from "./users.ts";

/** Whether sign-in asks a user for a second factor. Administrators only. */
export async function getUserFactor({ ctx, input }: Verb<UserRef>): Promise<{ enabled: boolean }> {
  requireAdmin(ctx);
  return { enabled: await hasSecondFactor(ctx.db.read, input.userId) };
}

/**
 * Removes a user's second factor and recovery codes and ends their sessions, for users who lost them. The user is
 * notified by mail. Administrators and the operator only, never a management token. Throws `conflict` if there is no
 * second factor.
 */
export async function resetSecondFactors({ ctx, input }: Verb<UserRef>): Promise<void> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  await ctx.db.write(async (tx) => {
    const user = await lockUser(tx, ctx, input.userId);
    if (!(await removeSecondFactors(tx, user.id))) {
      throw new DomainError("conflict", "This user has no second factor.");
    }
    await endSessions(tx, user.id, ctx.now());
    await recordAudit(tx, ctx, { action: "user.second-factors-reset", subject: user });
  });
  const who = ctx.actor.kind === "user" ? "An administrator" : "The operator";
  await notifyUser(
    ctx,
    input.userId,
    `${who} reset the second factor of your account and signed you out everywhere. Sign in with your password and set it up again.`,
  );
}
