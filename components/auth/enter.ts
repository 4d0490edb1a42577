import { signIn } from "next-auth/react";
import type { ActionFailure, ActionResult } from "#domain/errors.ts";

const WRONG = "Incorrect email or password.";

/** Signs in with a password. The answer never says whether there is such an account. */
export async function enter(email: string, password: string): Promise<ActionResult<null>> {
  // Without an address of ours next-auth keeps this page's in a cookie, with the one-time token that is in it.
  const answer = await signIn("credentials", { email, password, redirect: false, callbackUrl: "/" });
  if (answer?.ok && !answer.error) return { ok: true, value: null };
  // next-auth's own code for «no»; any other text is a message of ours.
  return refused(answer?.error && answer.error !== "CredentialsSignin" ? answer.error : WRONG);
}

/** First makes the account, then signs in with it. */
export async function makeAndEnter(
  make: Promise<ActionResult<unknown>>,
  email: string,
  password: string,
): Promise<ActionResult<null>> {
  const made = await make;
  return made.ok ? enter(email, password) : made;
}

/** Goes on as somebody else: with a new page, so that nothing of the visitor's stays. */
export function goOn(path: string): void {
  window.location.assign(path);
}

function refused(message: string): ActionFailure {
  return { ok: false, code: "unauthenticated", message, errors: [] };
}
