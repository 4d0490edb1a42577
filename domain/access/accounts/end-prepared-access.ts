import { and, eq, ne, or } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import type { Ctx } from "../../context.ts";
import { removeSecondFactors } from "./factors/second-factor.ts";
import { endAllCredentials } from "./my-sessions.ts";
import { withdrawAllInvitations } from "./withdraw-invitations.ts";

/** What stays: it belongs to the person who just proved that the address is theirs. */
interface Kept {
  sessionId?: string | undefined;
  identity?: { issuer: string; accountId: string } | undefined;
}

/**
 * Ends everything with which somebody else could sign in to, or act for, an account whose address was never verified,
 * because they may have prepared it: password, sessions, unfinished sign-ins, one-time links, management tokens,
 * passkeys, the authenticator app, recovery codes, linked identities, and invitations that the account sent. Returns
 * how many management tokens were revoked.
 */
export async function endPreparedAccess(tx: Tx, ctx: Ctx, userId: string, kept: Kept = {}): Promise<number> {
  const { identities, users } = tx.t;
  await tx.q.update(users).set({ passwordHash: null }).where(eq(users.id, userId));
  const tokensRevoked = await endAllCredentials(tx, userId, ctx.now(), kept.sessionId);
  await removeSecondFactors(tx, userId);
  const { identity } = kept;
  const isOther =
    identity && or(ne(identities.issuer, identity.issuer), ne(identities.accountId, identity.accountId));
  await tx.q.delete(identities).where(and(eq(identities.userId, userId), isOther));
  await withdrawAllInvitations(tx, ctx, userId);
  return tokensRevoked;
}
