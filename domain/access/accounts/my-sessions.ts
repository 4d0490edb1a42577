import { and, desc, eq, isNull, ne, sql } from "drizzle-orm";
import { iso } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, denyManagementTokens, requireSignedIn, requireUser, type Verb } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { endAllLinks } from "./account-links.ts";
import { requiredProvider } from "./required-provider.ts";
import type { SessionRef } from "./schema.ts";
import { isActive } from "./sessions.ts";

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
  return listSessionsOf(ctx, requireUser(ctx).userId);
}

/** The sessions of any user, without a check of permissions. */
export async function listSessionsOf(ctx: Ctx, userId: string): Promise<SessionView[]> {
  const { sessions, users } = ctx.db.read.t;
  const [user] = await ctx.db.read.q.select({ email: users.email }).from(users).where(eq(users.id, userId));
  const required = user && requiredProvider(ctx, user.email);
  const works = and(
    isActive(sessions, ctx.now(), ctx.settings.sessions),
    required ? eq(sessions.issuer, required.issuer) : undefined,
  );
  const rows = await ctx.db.read.q
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), works))
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
  const user = requireSignedIn(ctx);
  denyManagementTokens(ctx);
  await ctx.db.write(async (tx) => {
    const ended = await endSessions(tx, user.userId, ctx.now(), { only: input.sessionId });
    if (ended === 0) throw notFound("session");
    await recordAudit(tx, ctx, { action: "user.signed-out", subject: { id: user.userId, name: user.name } });
  });
}

/** Ends all sessions of the user but the current one. Management tokens stay: scripts don't sign in. */
export async function endMyOtherSessions({ ctx }: { ctx: Ctx }): Promise<void> {
  const user = requireSignedIn(ctx);
  denyManagementTokens(ctx);
  await ctx.db.write(async (tx) => {
    const ended = await endSessions(tx, user.userId, ctx.now(), { except: user.session?.id });
    if (ended === 0) return;
    await recordAudit(tx, ctx, {
      action: "user.signed-out-elsewhere",
      subject: { id: user.userId, name: user.name },
      after: { sessions: ended },
    });
  });
}

/** Ends all sessions of the user, including the current one. Management tokens stay: scripts don't sign in. */
export async function endAllMySessions({ ctx }: { ctx: Ctx }): Promise<void> {
  const user = requireSignedIn(ctx);
  denyManagementTokens(ctx);
  await ctx.db.write(async (tx) => {
    await endSessions(tx, user.userId, ctx.now());
    await recordAudit(tx, ctx, {
      action: "user.signed-out-everywhere",
      subject: { id: user.userId, name: user.name },
    });
  });
}

/** Ends a user's sessions: all, all except one, or only one. Returns how many ended. */
export async function endSessions(
  { q, t: { sessions } }: Tx,
  userId: string,
  nowMs: number,
  { except, only }: { except?: string | undefined; only?: string } = {},
): Promise<number> {
  const ended = await q
    .update(sessions)
    .set({ endedAt: nowMs })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        except === undefined ? undefined : ne(sessions.id, except),
        only === undefined ? undefined : eq(sessions.id, only),
      ),
    )
    .returning({ id: sessions.id });
  return ended.length;
}

/**
 * Ends all sessions except `exceptSessionId`, all unfinished sign-ins and all one-time links of the account, and revokes all management tokens.
 * Returns how many tokens were revoked.
 */
export async function endAllCredentials(
  tx: Tx,
  userId: string,
  nowMs: number,
  exceptSessionId?: string,
): Promise<number> {
  const { managementTokens, pendingSignIns, users } = tx.t;
  // A sign-in holds the user's row until its session is committed: waits for it, so that its session ends too.
  await tx.q
    .update(users)
    .set({ passwordHash: sql`${users.passwordHash}` })
    .where(eq(users.id, userId));
  await endSessions(tx, userId, nowMs, { except: exceptSessionId });
  await tx.q.delete(pendingSignIns).where(eq(pendingSignIns.userId, userId));
  await endAllLinks(tx, userId, nowMs);
  const ended = await tx.q
    .update(managementTokens)
    .set({ revokedAt: nowMs })
    .where(and(eq(managementTokens.userId, userId), isNull(managementTokens.revokedAt)))
    .returning({ id: managementTokens.id });
  return ended.length;
}
