"use client";

import type { ActionResult } from "#domain/errors.ts";
import { ActionForm, FormMessage, SubmitButton } from "../ui/form.tsx";
import { type NativeAction, useNativeForm } from "../ui/native-form.ts";
import { openPage } from "./password-sign-in.ts";
import { authText } from "./text.ts";

interface ConfirmEmailFormProps {
  token: string;
  confirm: (input: { token: string }) => Promise<ActionResult<unknown>>;
  sent: NativeAction<null>;
}

/** Confirms the new email address. */
export function ConfirmEmailForm({ token, confirm, sent }: ConfirmEmailFormProps) {
  const { native } = useNativeForm(sent);
  return (
    <ActionForm native={native} action={() => confirm({ token })} onDone={() => openPage("/account#email")}>
      <input type="hidden" name="token" value={token} />
      <FormMessage />
      <SubmitButton>{authText.confirmEmail.submit}</SubmitButton>
    </ActionForm>
  );
}
