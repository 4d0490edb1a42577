"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { authText } from "./text.ts";

const { forgotPassword: text } = authText;

/** Requests a link to reset a password. The answer does not reveal whether the address has an account. */
export function ForgotPasswordForm({
  request,
}: {
  request: (input: { email: string }) => Promise<ActionResult<unknown>>;
}) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo !== null) {
    return <p role="status">{text.sent(sentTo)}</p>;
  }
  return (
    <ActionForm
      action={async (data) => {
        const email = textOf(data, "email");
        const result = await request({ email });
        return result.ok ? { ok: true, value: email } : result;
      }}
      onDone={setSentTo}
    >
      <Field name="email" label={authText.email}>
        <Input type="email" autoComplete="username" required autoFocus />
      </Field>
      <FormMessage />
      <SubmitButton>{text.submit}</SubmitButton>
    </ActionForm>
  );
}
