import { eq } from "drizzle-orm";
import type { Ctx, Verb } from "../context.ts";
import { DomainError } from "../errors.ts";
import { fitsPassword } from "./hash.ts";
import type { SignInInput } from "./schemas.ts";
import { recordSignIn, type SignedIn } from "./signedIn.ts";
import { forgiveAttempt, startAttempt, subjectsOf } from "./throttle.ts";

/**
 * Signs in by e-mail and password. An unknown account, a wrong password and a disabled user get one answer,
 * after the same work; failures are slowed per account and per address.
 */
export async function signIn({
  ctx,
  input,
  userAgent,
}: Verb<SignInInput> & { userAgent: string | null }): Promise<SignedIn> {
  const subjects = subjectsOf(input.email, addressOf(ctx));
  await startAttempt(ctx.db, subjects, ctx.now());
  const { users } = ctx.db.read.t;
  const [user] = await ctx.db.read.q.select().from(users).where(eq(users.email, input.email));
  const fits = await fitsPassword(user?.passwordHash ?? null, input.password);
  if (!user || !fits || user.disabledAt !== null) {
    throw new DomainError("unauthenticated", "E-mail and password don't fit together.");
  }
  return ctx.db.write(async (tx) => {
    await forgiveAttempt(tx, subjects);
    return recordSignIn(tx, ctx, user, userAgent, "password");
  });
}

function addressOf({ actor }: Ctx): string | null {
  return actor.kind === "system" ? null : actor.address;
}
