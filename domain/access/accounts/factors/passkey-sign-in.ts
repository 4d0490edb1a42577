import { ipAddressOf, type Verb } from "../../../context.ts";
import { DomainError } from "../../../errors.ts";
import { recordSignInFailed } from "../../security/record.ts";
import { lockUserRow } from "../lock-user.ts";
import { recordSession, type SignedIn } from "../record-session.ts";
import { resetAttempts, startAttempt, subjectsOf } from "../throttle.ts";
import type { ChallengeUse } from "./challenge.ts";
import {
  acceptPasskey,
  checkPasskey,
  type PasskeyRejection,
  type PasskeyRequest,
  requestPasskey,
  WRONG_PASSKEY,
} from "./passkey-check.ts";
import type { PasskeySignInInput } from "./passkey-schema.ts";

const METHOD = "passkey";

const challengeUse = (browser: string): ChallengeUse => ({ purpose: "sign-in", holder: browser });

/** Asks a browser for any passkey of this portal. `browser` is a random token that only this browser has. */
export function startPasskeySignIn({ ctx, input }: Verb<{ browser: string }>): Promise<PasskeyRequest> {
  return requestPasskey(ctx, challengeUse(input.browser), null);
}

/**
 * Signs in with a passkey alone: it is something that the user has, and its authenticator verified the user. Every
 * answer that is not accepted gets one message and is throttled like a wrong password. Throws `unauthenticated` and
 * `too-many`.
 */
export async function signInWithPasskey({
  ctx,
  input,
  userAgent,
}: Verb<PasskeySignInInput> & { userAgent: string | null }): Promise<SignedIn> {
  const failed = (reason: string, account: PasskeyRejection["account"]) =>
    recordSignInFailed(ctx, { method: METHOD, reason, account, typed: input.answer.id });
  const subjects = subjectsOf(`passkey ${input.answer.id}`, ipAddressOf(ctx));
  await startAttempt(ctx.db, subjects, ctx.now()).catch((error: unknown) => {
    if (error instanceof DomainError) failed("too-many-attempts", null);
    throw error;
  });
  const checked = await checkPasskey(ctx, challengeUse(input.browser), input, null);
  if ("rejected" in checked) {
    failed(checked.rejected, checked.account);
    throw wrongPasskey();
  }
  const signedIn = await ctx.db.write(async (tx) => {
    const user = await lockUserRow(tx, checked.account.id);
    if (user === null) return "disabled";
    if (!(await acceptPasskey(tx, checked, ctx.now()))) return "rejected";
    await resetAttempts(tx, subjects);
    return recordSession(tx, ctx, user, { method: METHOD, userAgent });
  });
  if (typeof signedIn === "string") {
    failed(signedIn, checked.account);
    throw wrongPasskey();
  }
  return signedIn;
}

function wrongPasskey(): DomainError {
  return new DomainError("unauthenticated", WRONG_PASSKEY);
}
