import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import { type Ctx, denyManagementTokens, requireUser, type UserActor } from "../../context.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import { recordConfirmationFailed } from "../security/record.ts";
import { verifyPassword } from "./hash.ts";
import { resetAttempts, startAttempt, subjectsOf } from "./throttle.ts";

/** How long a recent sign-in replaces the password, for users who have none. */
const FRESH_MS = 15 * 60_000;

/**
 * Requires the user to confirm their identity before actions that would let a session thief stay: by password, or,
 * for users without one, by a sign-in within the last 15 minutes. Throws `invalid` at `password`, `too-many` after
 * wrong passwords, and `forbidden` without a session.
 */
export async function requireStepUp(ctx: Ctx, password: string | undefined): Promise<void> {
  const { userId, name, ipAddress, session } = requireUser(ctx);
  denyManagementTokens(ctx);
  if (!session)
    throw new DomainError("forbidden", "Do this in the portal, where you can confirm your identity.");
  const { users } = ctx.db.read.t;
  const [user] = await ctx.db.read.q
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.id, userId));
  if (!user) throw notFound("account");
  if (user.passwordHash === null) {
    if (ctx.now() - session.signedInAt < FRESH_MS) return;
    throw new DomainError("forbidden", "Sign out, sign in again, and do this within 15 minutes.");
  }
  if (!password) throw invalid("password", "Enter your password to confirm this.");
  // Shares its counter with password changes, so that two places don't double the guesses.
  const subjects = subjectsOf(`password of ${userId}`, ipAddress);
  const db = ctx.aside ?? ctx.db;
  await startAttempt(db, subjects, ctx.now());
  if (!(await verifyPassword(user.passwordHash, password))) {
    recordConfirmationFailed(ctx, { id: userId, name });
    throw invalid("password", "This is not your password.");
  }
  await db.write((tx) => resetAttempts(tx, subjects));
}

/**
 * Locks the user's row until the transaction ends and checks that the user can still act: what is created here must
 * not outlive a concurrent password change, sign-out or disabling. Throws `unauthenticated`.
 */
export async function lockActiveUser(tx: Tx, { userId, session }: UserActor): Promise<void> {
  const { sessions, users } = tx.t;
  const [user] = await tx.q
    .update(users)
    .set({ id: userId })
    .where(and(eq(users.id, userId), isNull(users.disabledAt)))
    .returning({ id: users.id });
  const [ended] = session
    ? await tx.q.select({ endedAt: sessions.endedAt }).from(sessions).where(eq(sessions.id, session.id))
    : [];
  if (!user || (session && ended?.endedAt !== null))
    throw new DomainError("unauthenticated", "Sign in first.");
}
