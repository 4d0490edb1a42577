import { and, desc, eq, isNull, ne } from "drizzle-orm";
import { iso } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, denyManagementTokens, requireUser, type Verb } from "../../context.ts";
import { notFound } from "../../errors.ts";
import type { SessionRef } from "./schema.ts";
import { stillGood } from "./sessions.ts";

/** A session as its user sees it. */
export interface SessionView {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  address: string | null;
  userAgent: string | null;
}

/** The user's own sessions, most recently used first. */
export async function listMySessions({ ctx }: { ctx: Ctx }): Promise<SessionView[]> {
  const { userId } = requireUser(ctx);
  const { sessions } = ctx.db.read.t;
  const rows = await ctx.db.read.q
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), stillGood(sessions, ctx.now())))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(100);
  return rows.map(({ id, createdAt, lastSeenAt, address, userAgent }) => ({
    id,
    createdAt: iso(createdAt),
    lastSeenAt: iso(lastSeenAt),
    address,
    userAgent,
  }));
}

/** Ends one of the user's own sessions, immediately. */
export async function endMySession({ ctx, input }: Verb<SessionRef>): Promise<void> {
  const user = requireUser(ctx);
  denyManagementTokens(ctx);
  await ctx.db.write(async (tx) => {
    const { sessions } = tx.t;
    const ended = await tx.q
      .update(sessions)
      .set({ endedAt: ctx.now() })
      .where(
        and(eq(sessions.id, input.sessionId), eq(sessions.userId, user.userId), isNull(sessions.endedAt)),
      )
      .returning({ id: sessions.id });
    if (ended.length === 0) throw notFound("session");
    await recordAudit(tx, ctx, { action: "user.signed-out", subject: { id: user.userId, name: user.name } });
  });
}

/** Ends all sessions of the user, including the current one. Management tokens stay: scripts don't sign in. */
export async function endAllMySessions({ ctx }: { ctx: Ctx }): Promise<void> {
  const user = requireUser(ctx);
  denyManagementTokens(ctx);
  await ctx.db.write(async (tx) => {
    await endSessions(tx, user.userId, ctx.now());
    await recordAudit(tx, ctx, {
      action: "user.signed-out-everywhere",
      subject: { id: user.userId, name: user.name },
    });
  });
}

async function endSessions(
  { q, t: { sessions } }: Tx,
  userId: string,
  nowMs: number,
  exceptId?: string,
): Promise<void> {
  await q
    .update(sessions)
    .set({ endedAt: nowMs })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        exceptId === undefined ? undefined : ne(sessions.id, exceptId),
      ),
    );
}

/**
 * Ends all sessions except `exceptSessionId` and all one-time links of the account, and revokes all management tokens.
 * Returns how many tokens were revoked.
 */
export async function endAllCredentials(
  tx: Tx,
  userId: string,
  nowMs: number,
  exceptSessionId?: string,
): Promise<number> {
  await endSessions(tx, userId, nowMs, exceptSessionId);
  const { accountLinks, managementTokens } = tx.t;
  await tx.q
    .update(accountLinks)
    .set({ endedAt: nowMs })
    .where(and(eq(accountLinks.userId, userId), isNull(accountLinks.endedAt)));
  const ended = await tx.q
    .update(managementTokens)
    .set({ revokedAt: nowMs })
    .where(and(eq(managementTokens.userId, userId), isNull(managementTokens.revokedAt)))
    .returning({ id: managementTokens.id });
  return ended.length;
}
