"use server";

import { redirect } from "next/navigation";
import type { NativeResult } from "#components/ui/native-form.ts";
import { finishSignIn } from "#domain/access/accounts/factors/pending-sign-in.ts";
import { finishSignInSchema, signInSchema } from "#domain/access/accounts/schema.ts";
import { signIn } from "#domain/access/accounts/sign-in.ts";
import type { ActionResult } from "#domain/errors.ts";
import { action, formText } from "#server/action.ts";
import { samePortalPath } from "#server/safe-redirect.ts";
import { cookieToken, visitor } from "#server/session.ts";
import { startSession } from "#server/start-session.ts";
import {
  acceptInvitation,
  confirmEmailChange,
  createFirstAdmin,
  reportFoundKey,
  requestPasswordReset,
  requestSignUp,
  resetPassword,
  signUp,
} from "./actions.ts";

// The forms of these pages without script: the browser sends them, and a page answers. Passwords are not trimmed.

type Previous = NativeResult<unknown> | null;

const startPasswordSession = action(
  signInSchema,
  async ({ ctx, input }) =>
    startSession(await signIn({ ctx, input, userAgent: (await visitor()).userAgent })),
  { revalidate: false },
);

const completeSession = action(
  finishSignInSchema,
  async ({ ctx, input }) =>
    startSession(await finishSignIn({ ctx, input, userAgent: (await visitor()).userAgent })),
  { revalidate: false },
);

export async function signInNatively(_: Previous, data: FormData): Promise<NativeResult<null>> {
  const email = textOf(data, "email");
  const result = await startPasswordSession({ email, password: passwordOf(data) });
  if (result.ok) openNext(data);
  // The same message for every wrong input, as with script.
  const message = result.code === "invalid" ? "Incorrect email or password." : result.message;
  return { result: { ...result, message, errors: [] }, values: { email } };
}

export async function finishSignInNatively(_: Previous, data: FormData): Promise<NativeResult<null>> {
  const result = await completeSession({ token: (await cookieToken()) ?? "", code: textOf(data, "code") });
  if (result.ok) openNext(data);
  return { result, values: {} };
}

export async function signUpNatively(_: Previous, data: FormData): Promise<NativeResult<null>> {
  const token = textOf(data, "token");
  return createAndSignIn(data, await signUp({ ...accountOf(data), ...(token && { token }) }));
}

export async function createFirstAdminNatively(_: Previous, data: FormData): Promise<NativeResult<null>> {
  return createAndSignIn(data, await createFirstAdmin({ ...accountOf(data), token: textOf(data, "token") }));
}

export async function requestSignUpNatively(_: Previous, data: FormData): Promise<NativeResult<string>> {
  const email = textOf(data, "email");
  const result = await requestSignUp({ email });
  return { result: result.ok ? { ok: true, value: email } : result, values: { email } };
}

export async function requestPasswordResetNatively(
  _: Previous,
  data: FormData,
): Promise<NativeResult<string>> {
  const email = textOf(data, "email");
  const result = await requestPasswordReset({ email });
  return { result: result.ok ? { ok: true, value: email } : result, values: { email } };
}

export async function resetPasswordNatively(_: Previous, data: FormData): Promise<NativeResult<null>> {
  const result = await resetPassword({ token: textOf(data, "token"), password: passwordOf(data) });
  // This page would say that the link no longer works.
  if (result.ok) redirect("/sign-in?done=password");
  return { result, values: {} };
}

export async function acceptInvitationNatively(_: Previous, data: FormData): Promise<NativeResult<null>> {
  const result = await acceptInvitation({ token: textOf(data, "token") });
  if (result.ok) openNext(data);
  return { result, values: {} };
}

export async function confirmEmailNatively(_: Previous, data: FormData): Promise<NativeResult<null>> {
  const result = await confirmEmailChange({ token: textOf(data, "token") });
  if (!result.ok) return { result, values: {} };
  redirect("/account");
}

export async function reportFoundKeyNatively(_: Previous, data: FormData): Promise<NativeResult<true>> {
  const where = textOf(data, "where");
  const result = await reportFoundKey({ key: textOf(data, "key"), where });
  return { result: result.ok ? { ok: true, value: true } : result, values: { where } };
}

async function createAndSignIn(data: FormData, created: ActionResult<unknown>): Promise<NativeResult<null>> {
  const { email, name, password } = accountOf(data);
  const result = created.ok ? await startPasswordSession({ email, password }) : created;
  if (result.ok) openNext(data);
  return { result, values: { email, name } };
}

function accountOf(data: FormData) {
  return { email: textOf(data, "email"), name: textOf(data, "name"), password: passwordOf(data) };
}

function textOf(data: FormData, name: string): string {
  return formText(data, name) ?? "";
}

function passwordOf(data: FormData): string {
  const password = data.get("password");
  return typeof password === "string" ? password : "";
}

function openNext(data: FormData): never {
  redirect(samePortalPath(textOf(data, "next")));
}
