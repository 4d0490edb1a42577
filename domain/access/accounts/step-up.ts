import { eq } from "drizzle-orm";
import { MINUTE_MS } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import { type Ctx, denyManagementTokens, requireSignedIn, type UserActor, type Verb } from "../../context.ts";
import { DomainError, invalid, notFound } from "../../errors.ts";
import { recordConfirmationFailed } from "../security/record.ts";
import type { ChallengeUse } from "./factors/challenge.ts";
import { notifyRecoveryCodeUsed } from "./factors/notify-user.ts";
import {
  acceptPasskey,
  checkPasskey,
  type PasskeyRequest,
  requestPasskey,
  WRONG_PASSKEY,
} from "./factors/passkey-check.ts";
import type { AnsweredChallenge } from "./factors/passkey-schema.ts";
import { WRONG_CODE } from "./factors/pending-sign-in.ts";
import {
  consumeCode,
  countRecoveryCodes,
  type FactorKind,
  hasSecondFactor,
  readFactors,
} from "./factors/second-factor.ts";
import { verifyPassword } from "./hash.ts";
import { lockUserRow } from "./lock-user.ts";
import { requiredProvider } from "./required-provider.ts";
import type { ConfirmIdentityInput } from "./schema.ts";
import { resetAttempts, startAttempt, subjectsOf } from "./throttle.ts";

/** How long a sign-in or a confirmation counts as recent (docs/operate/accounts.md). */
const RECENT_MS = 15 * MINUTE_MS;

/**
 * Requires that the session's user signed in or confirmed their identity within the last 15 minutes, so that a stolen
 * or unattended session can't create credentials or change who may act. Denies management tokens and the CLI. Throws
 * `forbidden` with `stepUp`, which makes the page ask for the confirmation.
 */
export function requireRecentConfirmation(ctx: Ctx): void {
  const { session } = requireSignedIn(ctx);
  denyManagementTokens(ctx);
  if (!session) {
    throw new DomainError("forbidden", "Do this in the portal, where you can confirm your identity.");
  }
  if (ctx.now() - session.confirmedAt < RECENT_MS) return;
  throw new DomainError("forbidden", "Confirm your identity to do this.", { byRights: false, stepUp: true });
}

/** How the user can confirm their identity. If no way is left, they sign out and sign in again. */
export interface ConfirmationMethods {
  /** The password is enough only without a second factor. */
  password: boolean;
  /** A code of the authenticator app. */
  app: boolean;
  passkey: boolean;
  recoveryCode: boolean;
}

/** The ways in which the user can confirm their identity. */
export async function getConfirmationMethods({ ctx }: { ctx: Ctx }): Promise<ConfirmationMethods> {
  const { passwordHash } = await readOwn(ctx);
  const { userId } = requireSignedIn(ctx);
  const { app, passkeys } = await readFactors(ctx.db.read, userId);
  const hasFactor = app || passkeys > 0;
  return {
    password: passwordHash !== null && !hasFactor,
    app,
    passkey: passkeys > 0,
    recoveryCode: hasFactor && (await countRecoveryCodes(ctx.db.read, userId)) > 0,
  };
}

/**
 * Confirms the identity of the session's user, with a code of the second factor if there is one;
 * `requireRecentConfirmation` then passes for 15 minutes. Wrong answers are throttled together with password changes
 * and sign-ins, so that two places don't double the guesses. Throws `invalid` at `password` or `code`, and `too-many`.
 */
export async function confirmIdentity({ ctx, input }: Verb<ConfirmIdentityInput>): Promise<void> {
  const { userId } = requireSignedIn(ctx);
  denyManagementTokens(ctx);
  const { passwordHash } = await readOwn(ctx);
  if (await hasSecondFactor(ctx.db.read, userId)) {
    return confirm(ctx, {
      what: "factor",
      reason: "wrong-code",
      wrong: () => invalid("code", WRONG_CODE),
      prove: async () => (tx) => consumeCode(tx, ctx, userId, input.code ?? ""),
    });
  }
  return confirm(ctx, {
    what: "password",
    reason: "wrong-password",
    wrong: () => invalid("password", "This is not your password."),
    prove: async () =>
      (await verifyPassword(passwordHash, input.password ?? "")) ? async () => "password" : null,
  });
}

const passkeyUse = (sessionId: string): ChallengeUse => ({ purpose: "confirmation", holder: sessionId });

/** Asks for one of the user's passkeys to confirm their identity. */
export async function startPasskeyConfirmation({ ctx }: { ctx: Ctx }): Promise<PasskeyRequest> {
  const { userId } = requireSignedIn(ctx);
  denyManagementTokens(ctx);
  return requestPasskey(ctx, passkeyUse(requireSession(ctx).id), userId);
}

/** Confirms the identity of the session's user with a passkey, under the rules of `confirmIdentity`. */
export async function confirmWithPasskey({ ctx, input }: Verb<AnsweredChallenge>): Promise<void> {
  const { userId } = requireSignedIn(ctx);
  denyManagementTokens(ctx);
  const use = passkeyUse(requireSession(ctx).id);
  return confirm(ctx, {
    what: "factor",
    reason: "wrong-passkey",
    wrong: () => invalid("", WRONG_PASSKEY),
    async prove() {
      const checked = await checkPasskey(ctx, use, input, userId);
      if ("rejected" in checked) return null;
      return async (tx) => ((await acceptPasskey(tx, checked, ctx.now())) ? "passkey" : null);
    },
  });
}

function requireSession(ctx: Ctx): { id: string } {
  const { session } = requireSignedIn(ctx);
  if (!session) throw new DomainError("forbidden", "Sign in to the portal first.");
  return session;
}

/** A proof of identity, and the answer if it is wrong. */
interface Proof {
  /** Attempts are counted for each separately. */
  what: "factor" | "password";
  /** Checks what needs no transaction. Null if the proof is wrong; otherwise consumes it in the transaction. */
  prove: () => Promise<((tx: Tx) => Promise<FactorKind | "password" | null>) | null>;
  wrong: () => DomainError;
  /** For the log. */
  reason: string;
}

async function confirm(ctx: Ctx, { what, prove, wrong, reason }: Proof): Promise<void> {
  const { userId, name, ipAddress } = requireSignedIn(ctx);
  const session = requireSession(ctx);
  const subjects = subjectsOf(`${what} of ${userId}`, ipAddress);
  const failed = (why: string) => recordConfirmationFailed(ctx, { id: userId, name }, why);
  const attempts = what === "factor" ? "wrong codes" : "failed sign-ins";
  await startAttempt(ctx.db, subjects, ctx.now(), attempts).catch((error: unknown) => {
    if (error instanceof DomainError) failed("too-many-attempts");
    throw error;
  });
  const consume = await prove();
  const confirmed =
    consume &&
    (await ctx.db.write(async (tx) => {
      await lockActiveUser(tx, requireSignedIn(ctx));
      const kind = await consume(tx);
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
  failed(reason);
  throw wrong();
}

/** The user's own password, unless the address must use a provider. */
async function readOwn(ctx: Ctx): Promise<{ passwordHash: string | null }> {
  const { userId } = requireSignedIn(ctx);
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
  const user = await lockUserRow(tx, userId);
  const [ended] = session
    ? await tx.q.select({ endedAt: sessions.endedAt }).from(sessions).where(eq(sessions.id, session.id))
    : [];
  if (!user || (session && ended?.endedAt !== null))
    throw new DomainError("unauthenticated", "Sign in first.");
}
