import { and, eq, gt, isNull, lt } from "drizzle-orm";
import { hashToken, randomBase62 } from "#core/tokens.ts";
import type { Scope, Tx } from "#db/open.ts";
import { type Ctx, ipAddressOf, type Verb } from "../../../context.ts";
import { DomainError, invalid } from "../../../errors.ts";
import { recordSignInFailed } from "../../security/record.ts";
import { holdActiveUser } from "../hold-user.ts";
import { type Method, recordSession, type SignedIn } from "../record-session.ts";
import type { FinishSignInInput } from "../schema.ts";
import { resetAttempts, startAttempt, subjectsOf } from "../throttle.ts";
import { notifyRecoveryCodeUsed } from "./notify-user.ts";
import { consumeCode } from "./second-factor.ts";

/** How long a sign-in waits for the second factor. */
const PENDING_MS = 10 * 60_000;

/**
 * Notes that the first factor was right, and returns the token that the cookie carries meanwhile. It is in a table of
 * its own, so that nothing takes it for a session, not even a process of an earlier version.
 */
export async function startPendingSignIn(
  tx: Tx,
  ctx: Ctx,
  userId: string,
  { method, provider }: Method,
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

/** Whether the token belongs to a sign-in that waits for its second factor. */
export async function isSignInPending({ ctx, input }: Verb<{ token: string }>): Promise<boolean> {
  return (await findPending(ctx.db.read, input.token, ctx.now())) !== null;
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
  const found = await findPending(ctx.db.read, input.token, ctx.now());
  if (found === null) throw tooLate();
  const subject = found.user;
  const failed = (reason: string) =>
    recordSignInFailed(ctx, found.pending.method, reason, subject, subject.id);
  // Counted for the account alone: only someone who passed the first step gets here.
  const subjects = subjectsOf(`factor of ${subject.id}`, ipAddressOf(ctx));
  await startAttempt(ctx.db, subjects, ctx.now(), "wrong codes").catch((error: unknown) => {
    if (error instanceof DomainError) failed("too-many-attempts");
    throw error;
  });
  const finished = await ctx.db.write(async (tx) => {
    const user = await holdActiveUser(tx, subject.id);
    if (user === null) throw tooLate();
    const kind = await consumeCode(tx, ctx, user.id, input.code);
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
    return { kind, signedIn: await recordSession(tx, ctx, user, userAgent, { method, provider }) };
  });
  if (finished === null) {
    failed("wrong-code");
    throw invalid("code", WRONG_CODE);
  }
  if (finished.kind === "recovery-code") await notifyRecoveryCodeUsed(ctx, subject.id, "to sign in");
  return finished.signedIn;
}

export const WRONG_CODE = "This code is wrong or was used before.";

function tooLate(): DomainError {
  return new DomainError("unauthenticated", "The sign-in took too long. Start again.");
}
