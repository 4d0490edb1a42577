import { eq } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, denyManagementTokens, requireUser, type UserActor, type Verb } from "../../context.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import { recordConfirmationFailed } from "../security/record.ts";
import { notifyRecoveryCodeUsed } from "./factors/notify-user.ts";
import { WRONG_CODE } from "./factors/pending-sign-in.ts";
import { consumeCode, hasSecondFactor } from "./factors/second-factor.ts";
import { verifyPassword } from "./hash.ts";
import { holdActiveUser } from "./hold-user.ts";
import { requiredProvider } from "./required-provider.ts";
import type { ConfirmIdentityInput } from "./schema.ts";
import { resetAttempts, startAttempt, subjectsOf } from "./throttle.ts";

/** How long a sign-in or a confirmation counts as recent (contract, section 11). */
const RECENT_MS = 15 * 60_000;

/**
 * Requires that the session's user signed in or confirmed their identity within the last 15 minutes, so that a stolen
 * or unattended session can't create credentials or change who may act. Denies management tokens and the CLI. Throws
 * `forbidden` with `stepUp`, which makes the page ask for the confirmation.
 */
export function requireRecentConfirmation(ctx: Ctx): void {
  const { session } = requireUser(ctx);
  denyManagementTokens(ctx);
  if (!session) {
    throw new DomainError("forbidden", "Do this in the portal, where you can confirm your identity.");
  }
  if (ctx.now() - session.confirmedAt < RECENT_MS) return;
  throw new DomainError("forbidden", "Confirm your identity to do this.", { byRights: false, stepUp: true });
}

/** How the user can confirm their identity. If no way is left, they sign out and sign in again. */
export interface ConfirmationMethods {
  password: boolean;
  /** A code of the authenticator app, or a recovery code; the password is then not enough. */
  code: boolean;
}

/** The ways in which the user can confirm their identity. */
export async function getConfirmationMethods({ ctx }: { ctx: Ctx }): Promise<ConfirmationMethods> {
  const { passwordHash } = await readOwn(ctx);
  const code = await hasSecondFactor(ctx.db.read, requireUser(ctx).userId);
  return { password: passwordHash !== null && !code, code };
}

/**
 * Confirms the identity of the session's user, with the second factor if there is one;
 * `requireRecentConfirmation` then passes for 15 minutes. Wrong answers are throttled together with password changes
 * and sign-ins, so that two places don't double the guesses. Throws `invalid` at `password` or `code`, and `too-many`.
 */
export async function confirmIdentity({ ctx, input }: Verb<ConfirmIdentityInput>): Promise<void> {
  const { userId, name, ipAddress, session } = requireUser(ctx);
  denyManagementTokens(ctx);
  if (!session) throw new DomainError("forbidden", "Sign in to the portal first.");
  const { passwordHash } = await readOwn(ctx);
  const byCode = await hasSecondFactor(ctx.db.read, userId);
  const subjects = subjectsOf(`${byCode ? "factor" : "password"} of ${userId}`, ipAddress);
  const failed = (reason: string) => recordConfirmationFailed(ctx, { id: userId, name }, reason);
  await startAttempt(ctx.db, subjects, ctx.now(), byCode ? "wrong codes" : "failed sign-ins").catch(
    (error: unknown) => {
      if (error instanceof DomainError) failed("too-many-attempts");
      throw error;
    },
  );
  const isRight = byCode || (await verifyPassword(passwordHash, input.password ?? ""));
  const confirmed =
    isRight &&
    (await ctx.db.write(async (tx) => {
      await lockActiveUser(tx, { userId, session });
      const kind = byCode ? await consumeCode(tx, ctx, userId, input.code ?? "") : "password";
      if (kind === null) return null;
      if (kind === "recovery-code") {
        await recordAudit(tx, ctx, { action: "user.recovery-code-used", subject: { id: userId, name } });
      }
      await resetAttempts(tx, subjects);
      const { sessions } = tx.t;
      await tx.q.update(sessions).set({ confirmedAt: ctx.now() }).where(eq(sessions.id, session.id));
      return kind;
    }));
  if (confirmed === "recovery-code") await notifyRecoveryCodeUsed(ctx, userId, "to confirm a change");
  if (confirmed) return;
  failed(byCode ? "wrong-code" : "wrong-password");
  throw byCode ? invalid("code", WRONG_CODE) : invalid("password", "This is not your password.");
}

/** The user's own password, unless the address must use a provider. */
async function readOwn(ctx: Ctx): Promise<{ passwordHash: string | null }> {
  const { userId } = requireUser(ctx);
  const { users } = ctx.db.read.t;
  const [user] = await ctx.db.read.q
    .select({ passwordHash: users.passwordHash, email: users.email })
    .from(users)
    .where(eq(users.id, userId));
  if (!user) throw notFound("account");
  return requiredProvider(ctx, user.email) === null ? user : { passwordHash: null };
}

/**
 * Locks the user's row until the transaction ends and checks that the user can still act: what is created here must
 * not outlive a concurrent password change, sign-out or disabling. Throws `unauthenticated`.
 */
export async function lockActiveUser(
  tx: Tx,
  { userId, session }: Pick<UserActor, "userId" | "session">,
): Promise<void> {
  const { sessions } = tx.t;
  const user = await holdActiveUser(tx, userId);
  const [ended] = session
    ? await tx.q.select({ endedAt: sessions.endedAt }).from(sessions).where(eq(sessions.id, session.id))
    : [];
  if (!user || (session && ended?.endedAt !== null))
    throw new DomainError("unauthenticated", "Sign in first.");
}
