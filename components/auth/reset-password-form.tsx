"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { type NativeAction, useNativeForm } from "../ui/native-form.ts";
import { authText } from "./text.ts";

const { resetPassword: text } = authText;

interface Done {
  tokensRevoked: number;
  passkeys: number;
}

interface ResetPasswordFormProps {
  token: string;
  email: string;
  reset: (input: { token: string; password: string }) => Promise<ActionResult<Done>>;
  sent: NativeAction<null>;
}

/** Sets a new password, then lists what was signed out and revoked. */
export function ResetPasswordForm({ token, email, reset, sent }: ResetPasswordFormProps) {
  const { native } = useNativeForm(sent);
  const [done, setDone] = useState<Done | null>(null);
  if (done !== null) {
    return (
      <>
        <p role="status">{text.done(done.tokensRevoked)}</p>
        {done.passkeys === 0 ? null : <p>{text.passkeysStay(done.passkeys)}</p>}
        <ButtonLink variant="primary" href="/sign-in">
          {text.signIn}
        </ButtonLink>
      </>
    );
  }
  return (
    <ActionForm
      native={native}
      action={(data) => reset({ token, password: String(data.get("password") ?? "") })}
      onDone={setDone}
    >
      <input type="hidden" name="token" value={token} />
      {/* For password managers, which store the password for this account. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field name="password" label={text.password} hint={text.passwordHint}>
        <Input type="password" autoComplete="new-password" required autoFocus />
      </Field>
      <FormMessage />
      <SubmitButton>{text.submit}</SubmitButton>
    </ActionForm>
  );
}
