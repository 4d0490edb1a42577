import type { ActionFailure, ActionResult } from "#domain/errors.ts";
import { sendSignIn } from "./send-sign-in.ts";
import { authText } from "./text.ts";

/** Signs in with a password. The answer does not reveal whether the account exists. */
export function signInWithPassword(email: string, password: string): Promise<ActionResult<null>> {
  return send("credentials", { email, password });
}

/** Completes a sign-in with a code of the authenticator app or a recovery code. */
export function finishSignIn(code: string): Promise<ActionResult<null>> {
  return send("second-factor", { code });
}

async function send(provider: string, input: Record<string, string>): Promise<ActionResult<null>> {
  // Without a callback URL, next-auth stores the URL of this page, with its one-time token, in a cookie.
  const { ok, url } = await sendSignIn(`callback/${provider}`, { ...input, callbackUrl: "/" });
  const error = url.searchParams.get("error");
  if (ok && !error) return { ok: true, value: null };
  // next-auth's code for a failed sign-in; any other text is our own message.
  return failure(error && error !== "CredentialsSignin" ? error : authText.incorrect);
}

/** Creates an account, then signs in. */
export async function createAndSignIn(
  create: Promise<ActionResult<unknown>>,
  email: string,
  password: string,
): Promise<ActionResult<null>> {
  const created = await create;
  return created.ok ? signInWithPassword(email, password) : created;
}

/** Opens a page with a full load, so that no state from before the sign-in remains. */
export function openPage(path: string): void {
  window.location.assign(path);
}

function failure(message: string): ActionFailure {
  return { ok: false, code: "unauthenticated", message, errors: [] };
}
