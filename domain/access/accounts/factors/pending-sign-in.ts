import { and, eq, gt, isNull, lt } from "drizzle-orm";
import { MINUTE_MS } from "#core/time.ts";
import { hashToken, randomBase62 } from "#core/tokens.ts";
import type { Scope, Tx } from "#db/open.ts";
import { type Ctx, ipAddressOf, type Verb } from "../../../context.ts";
import { DomainError, invalid } from "../../../errors.ts";
import { recordSignInFailed } from "../../security/record.ts";
import { lockUserRow } from "../lock-user.ts";
import { recordSession, type SignedIn, type SignInDetails } from "../record-session.ts";
import type { FinishSignInInput } from "../schema.ts";
import { resetAttempts, startAttempt, subjectsOf } from "../throttle.ts";
import type { ChallengeUse } from "./challenge.ts";
import { notifyRecoveryCodeUsed } from "./notify-user.ts";
import {
  acceptPasskey,
  checkPasskey,
  type PasskeyRequest,
  requestPasskey,
  WRONG_PASSKEY,
} from "./passkey-check.ts";
import type { PasskeyFactorInput } from "./passkey-schema.ts";
import { consumeCode, type FactorKind, type Factors, readFactors } from "./second-factor.ts";

/** How long a sign-in waits for the second factor. */
const PENDING_MS = 10 * MINUTE_MS;

/**
 * Notes that the first factor was right, and returns the token that the cookie carries meanwhile. It is in a table of
 * its own, so that nothing takes it for a session, not even a process of an earlier version.
 */
export async function startPendingSignIn(
  tx: Tx,
  ctx: Ctx,
  userId: string,
  { method, provider }: Pick<SignInDetails, "method" | "provider">,
): Promise<string> {
  const token = randomBase62(40);
  const { pendingSignIns } = tx.t;
  const now = ctx.now();
  await tx.q.delete(pendingSignIns).where(lt(pendingSignIns.expiresAt, now));
  await tx.q.insert(pendingSignIns).values({
    hash: hashToken(token),
    userId,
    method,
    createdAt: now,
    expiresAt: now + PENDING_MS,
    issuer: provider?.issuer ?? null,
    providerSession: provider?.sid ?? null,
  });
  return token;
}

async function findPending({ q, t: { pendingSignIns, users } }: Scope, token: string, nowMs: number) {
  const [found] = await q
    .select({ pending: pendingSignIns, user: users })
    .from(pendingSignIns)
    .innerJoin(users, eq(users.id, pendingSignIns.userId))
    .where(
      and(
        eq(pendingSignIns.hash, hashToken(token)),
        gt(pendingSignIns.expiresAt, nowMs),
        isNull(users.disabledAt),
      ),
    );
  return found ?? null;
}

/** The second factors that can complete the sign-in; null if it does not wait for one. */
export async function getPendingFactors({ ctx, input }: Verb<{ token: string }>): Promise<Factors | null> {
  const found = await findPending(ctx.db.read, input.token, ctx.now());
  return found && readFactors(ctx.db.read, found.user.id);
}

/**
 * Completes a sign-in with a code of the authenticator app or a recovery code. Wrong, replayed and used codes get one
 * message and are throttled like passwords. Throws `unauthenticated` if the first step is too long ago.
 */
export async function finishSignIn({
  ctx,
  input,
  userAgent,
}: Verb<FinishSignInInput> & { userAgent: string | null }): Promise<SignedIn> {
  return finish(ctx, input.token, userAgent, {
    path: "code",
    message: WRONG_CODE,
    prove: async (userId) => (tx) => consumeCode(tx, ctx, userId, input.code),
    reason: "wrong-code",
  });
}

const passkeyUse = (token: string): ChallengeUse => ({ purpose: "second-factor", holder: token });

/** Asks for one of the user's passkeys as the second factor. Throws `unauthenticated` if the first step is too long ago. */
export async function startPasskeyFactor({ ctx, input }: Verb<{ token: string }>): Promise<PasskeyRequest> {
  const found = await findPending(ctx.db.read, input.token, ctx.now());
  if (found === null) throw tooLate();
  return requestPasskey(ctx, passkeyUse(input.token), found.user.id);
}

/** Completes a sign-in with a passkey, under the rules of `finishSignIn`. */
export async function finishSignInWithPasskey({
  ctx,
  input,
  userAgent,
}: Verb<PasskeyFactorInput> & { userAgent: string | null }): Promise<SignedIn> {
  return finish(ctx, input.token, userAgent, {
    path: "",
    message: WRONG_PASSKEY,
    reason: "wrong-passkey",
    async prove(userId) {
      const checked = await checkPasskey(ctx, passkeyUse(input.token), input, userId);
      if ("rejected" in checked) return null;
      return async (tx) => ((await acceptPasskey(tx, checked, ctx.now())) ? "passkey" : null);
    },
  });
}

/** A proof of a second factor, and the answer if it is wrong. */
interface Proof {
  /** Checks what needs no transaction. Null if the proof is wrong; otherwise consumes it in the transaction. */
  prove: (userId: string) => Promise<((tx: Tx) => Promise<FactorKind | null>) | null>;
  /** The field at which the error is shown. */
  path: string;
  message: string;
  /** For the log. */
  reason: string;
}

async function finish(
  ctx: Ctx,
  token: string,
  userAgent: string | null,
  { prove, path, message, reason }: Proof,
): Promise<SignedIn> {
  const found = await findPending(ctx.db.read, token, ctx.now());
  if (found === null) throw tooLate();
  const subject = found.user;
  const { method } = found.pending;
  const failed = (reason: string) =>
    recordSignInFailed(ctx, { method, reason, account: subject, typed: subject.id });
  // Counted for the account alone: only someone who passed the first step gets here.
  const subjects = subjectsOf(`factor of ${subject.id}`, ipAddressOf(ctx));
  await startAttempt(ctx.db, subjects, ctx.now(), "wrong codes").catch((error: unknown) => {
    if (error instanceof DomainError) failed("too-many-attempts");
    throw error;
  });
  const consume = await prove(subject.id);
  const finished =
    consume &&
    (await ctx.db.write(async (tx) => {
      const user = await lockUserRow(tx, subject.id);
      if (user === null) throw tooLate();
      const kind = await consume(tx);
      if (kind === null) return null;
      const { pendingSignIns } = tx.t;
      const [pending] = await tx.q
        .delete(pendingSignIns)
        .where(eq(pendingSignIns.hash, found.pending.hash))
        .returning();
      // Completed or ended by another request since.
      if (!pending) throw tooLate();
      await resetAttempts(tx, subjects);
      const { issuer, providerSession: sid } = pending;
      const method = `${pending.method}, ${kind}`;
      const provider = issuer === null ? undefined : { issuer, sid };
      return { kind, signedIn: await recordSession(tx, ctx, user, { method, provider, userAgent }) };
    }));
  if (finished === null) {
    failed(reason);
    throw invalid(path, message);
  }
  if (finished.kind === "recovery-code") await notifyRecoveryCodeUsed(ctx, subject.id, "to sign in");
  return finished.signedIn;
}

export const WRONG_CODE = "This code is wrong or was used before.";

function tooLate(): DomainError {
  return new DomainError("unauthenticated", "The sign-in took too long. Start again.");
}
