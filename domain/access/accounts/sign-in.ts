import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import { ipAddressOf, type Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { recordSignInFailed } from "../security/record.ts";
import { verifyPassword } from "./hash.ts";
import type { SignedIn } from "./record-session.ts";
import { recordSignIn } from "./record-sign-in.ts";
import { requirePasswordAllowed } from "./required-provider.ts";
import type { SignInInput } from "./schema.ts";
import { resetAttempts, signInSubject, startAttempt, subjectsOf } from "./throttle.ts";

/**
 * Signs in by email address and password. An unknown account, a wrong password and a disabled user get the same
 * answer after the same work. Failures are throttled per account and per IP address. Throws `forbidden` for addresses
 * that must use a provider.
 */
export async function signIn({
  ctx,
  input,
  userAgent,
}: Verb<SignInInput> & { userAgent: string | null }): Promise<SignedIn> {
  requirePasswordAllowed(ctx, input.email);
  const ipAddress = ipAddressOf(ctx);
  const subjects = subjectsOf(await signInSubject(ctx.db, input.email, ipAddress, ctx.now()), ipAddress);
  const failed = (reason: string, account: { id: string; name: string } | null) =>
    recordSignInFailed(ctx, { method: "password", reason, account, typed: input.email });
  const { users } = ctx.db.read.t;
  const [user] = await ctx.db.read.q.select().from(users).where(eq(users.email, input.email));
  await startAttempt(ctx.db, subjects, ctx.now()).catch((error: unknown) => {
    if (error instanceof DomainError) failed("too-many-attempts", user ?? null);
    throw error;
  });
  const isCorrect = await verifyPassword(user?.passwordHash ?? null, input.password);
  if (!user || !isCorrect || user.disabledAt !== null) {
    failed(
      !user ? "unknown-account" : user.disabledAt !== null ? "disabled" : "wrong-password",
      user ?? null,
    );
    throw incorrectCredentials();
  }
  return ctx.db.write(async (tx) => {
    await lockUnchanged(tx, user);
    await resetAttempts(tx, subjects);
    return recordSignIn(tx, ctx, user, { method: "password", userAgent });
  });
}

/**
 * Locked until the session exists, so that a concurrent password change can't leave a session of the old password.
 */
async function lockUnchanged({ q, t: { users } }: Tx, user: { id: string; passwordHash: string | null }) {
  const locked = await q
    .update(users)
    .set({ id: user.id })
    .where(
      and(eq(users.id, user.id), eq(users.passwordHash, user.passwordHash ?? ""), isNull(users.disabledAt)),
    )
    .returning({ id: users.id });
  if (locked.length === 0) throw incorrectCredentials();
}

function incorrectCredentials(): DomainError {
  return new DomainError("unauthenticated", "Incorrect email or password.");
}
