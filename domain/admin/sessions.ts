import { endSessions, listSessionsOf, type SessionView } from "../access/accounts/my-sessions.ts";
import { recordAudit } from "../audit/record.ts";
import { denyManagementTokens, requireAdmin, type Verb } from "../context.ts";
import { notFound } from "../errors.ts";
import type { UserRef, UserSessionRef } from "./schema.ts";
import { lockUser } from "./users.ts";

/** The sessions of a user, most recently used first. Administrators only, never a management token. */
export async function listUserSessions({ ctx, input }: Verb<UserRef>): Promise<SessionView[]> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  return listSessionsOf(ctx, input.userId);
}

/** Ends one session of a user, immediately. */
export async function endUserSession({ ctx, input }: Verb<UserSessionRef>): Promise<void> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  await ctx.db.write(async (tx) => {
    const user = await lockUser(tx, ctx, input.userId);
    const ended = await endSessions(tx, user.id, ctx.now(), { only: input.sessionId });
    if (ended === 0) throw notFound("session");
    await recordAudit(tx, ctx, { action: "user.sessions-ended", subject: user, after: { sessions: ended } });
  });
}

/** Ends all sessions of a user, immediately. Management tokens stay. Returns how many sessions ended. */
export async function endUserSessions({ ctx, input }: Verb<UserRef>): Promise<{ ended: number }> {
  requireAdmin(ctx);
  denyManagementTokens(ctx);
  return ctx.db.write(async (tx) => {
    const user = await lockUser(tx, ctx, input.userId);
    const ended = await endSessions(tx, user.id, ctx.now());
    if (ended > 0) {
      await recordAudit(tx, ctx, {
        action: "user.sessions-ended",
        subject: user,
        after: { sessions: ended },
      });
    }
    return { ended };
  });
}
