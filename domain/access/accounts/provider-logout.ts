import { and, eq, gte, inArray, isNull, lt, type SQL } from "drizzle-orm";
import { MINUTE_MS } from "#core/time.ts";
import { hashToken } from "#core/tokens.ts";
import { takeAdvisoryLock } from "#db/advisory-locks.ts";
import type { Tx } from "#db/open.ts";
import { recordAudits } from "../../audit/record.ts";
import type { Verb } from "../../context.ts";

/** A verified logout token (OpenID Connect Back-Channel Logout 1.0, 2.4). At least one of `sub` and `sid` is set. */
export interface ProviderLogout {
  issuer: string;
  sub: string | null;
  sid: string | null;
  /** Unique per token at this issuer. */
  jti: string;
  /** When the token would be rejected for its age, epoch ms. */
  expiresAt: number;
}

/** How long a browser may take at the provider: next-auth's cookies for it expire, with a tolerance of 15 seconds. */
const SIGN_IN_MS = 16 * MINUTE_MS;

/**
 * Ends the sessions that were opened through the provider: with `sid` the one session there, otherwise all of the
 * user. Sign-ins that wait for a second factor end too, and those still at the provider will be denied
 * (`isLoggedOutSince`); management tokens stay. Returns false if the token was used
 * before, and then does nothing. An unknown session is no error: it may have ended here.
 */
export async function logOutByProvider({ ctx, input }: Verb<ProviderLogout>): Promise<boolean> {
  const { issuer, sub, sid } = input;
  return ctx.db.write(async (tx) => {
    await takeAdvisoryLock(tx, "providerLogouts");
    if (!(await consumeToken(tx, input, ctx.now()))) return false;
    await storeLogout(tx, input, ctx.now());
    const userId = sub === null ? null : await userOf(tx, issuer, sub);
    // A token for someone who has no account here.
    if (sub !== null && userId === null) return true;
    const { pendingSignIns, sessions, users } = tx.t;
    const matching = (table: typeof sessions | typeof pendingSignIns): SQL | undefined =>
      and(
        eq(table.issuer, issuer),
        sid === null ? undefined : eq(table.providerSession, sid),
        userId === null ? undefined : eq(table.userId, userId),
      );
    await tx.q.delete(pendingSignIns).where(matching(pendingSignIns));
    const ended = await tx.q
      .update(sessions)
      .set({ endedAt: ctx.now() })
      .where(and(matching(sessions), isNull(sessions.endedAt)))
      .returning({ userId: sessions.userId });
    if (ended.length === 0) return true;
    const counts = Map.groupBy(ended, (session) => session.userId);
    const signedOut = await tx.q
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(inArray(users.id, [...counts.keys()]));
    await recordAudits(
      tx,
      ctx,
      signedOut.map((user) => ({
        action: "user.signed-out-by-provider",
        subject: user,
        after: { issuer, sessions: counts.get(user.id)?.length ?? 0 },
      })),
    );
    return true;
  });
}

/**
 * Whether the provider has logged the user out since the sign-in began: such a sign-in may not create a session. Locks
 * out logouts until the transaction ends: a later one finds the session.
 */
export async function isLoggedOutSince(
  tx: Tx,
  { issuer, sub, sid }: Pick<ProviderLogout, "issuer" | "sid"> & { sub: string },
  startedAt: number,
): Promise<boolean> {
  // Sign-ins run concurrently with each other, but not with a logout.
  await takeAdvisoryLock(tx, "providerLogouts", "shared");
  const { providerLogouts } = tx.t;
  const subjects = [
    [sub, null],
    ...(sid === null
      ? []
      : [
          [null, sid],
          [sub, sid],
        ]),
  ];
  const hashes = subjects.map((subject) => hashToken(JSON.stringify([issuer, ...subject])));
  const logouts = and(inArray(providerLogouts.hash, hashes), gte(providerLogouts.at, startedAt));
  return (await tx.q.$count(providerLogouts, logouts)) > 0;
}

/** Stores the logout, and deletes those that are older than any sign-in under way. */
async function storeLogout(
  { q, t: { providerLogouts } }: Tx,
  { issuer, sub, sid }: ProviderLogout,
  nowMs: number,
): Promise<void> {
  await q.delete(providerLogouts).where(lt(providerLogouts.at, nowMs - SIGN_IN_MS));
  await q
    .insert(providerLogouts)
    .values({ hash: hashToken(JSON.stringify([issuer, sub, sid])), at: nowMs })
    .onConflictDoUpdate({ target: providerLogouts.hash, set: { at: nowMs } });
}

/** Notes the token as used. Returns false if it was. Notes of tokens that are too old anyway are deleted. */
async function consumeToken(
  { q, t: { logoutTokens } }: Tx,
  { issuer, jti, expiresAt }: ProviderLogout,
  nowMs: number,
): Promise<boolean> {
  await q.delete(logoutTokens).where(lt(logoutTokens.expiresAt, nowMs));
  const noted = await q
    .insert(logoutTokens)
    .values({ hash: hashToken(JSON.stringify([issuer, jti])), expiresAt })
    .onConflictDoNothing()
    .returning({ hash: logoutTokens.hash });
  return noted.length > 0;
}

async function userOf({ q, t: { identities } }: Tx, issuer: string, sub: string): Promise<string | null> {
  const [identity] = await q
    .select({ userId: identities.userId })
    .from(identities)
    .where(and(eq(identities.issuer, issuer), eq(identities.accountId, sub)));
  return identity?.userId ?? null;
}
