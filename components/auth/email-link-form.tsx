"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { type NativeAction, useNativeForm } from "../ui/native-form.ts";
import { authText } from "./text.ts";

const { emailLink: text } = authText;

interface EmailLinkFormProps {
  purpose: "signUp" | "passwordReset";
  request: (input: { email: string }) => Promise<ActionResult<unknown>>;
  /** The same without script. */
  sent: NativeAction<string>;
}

/** Requests a link by email. The answer does not reveal whether the address has an account. */
export function EmailLinkForm({ purpose, request, sent }: EmailLinkFormProps) {
  const { native, value, done } = useNativeForm(sent);
  const [sentTo, setSentTo] = useState<string | null>(done);
  if (sentTo !== null) {
    return (
      <p role="status">
        {text[purpose].before}
        <strong className="font-medium">{sentTo}</strong>
        {text[purpose].after}
      </p>
    );
  }
  return (
    <ActionForm
      native={native}
      action={async (data) => {
        const email = textOf(data, "email");
        const result = await request({ email });
        return result.ok ? { ok: true, value: email } : result;
      }}
      onDone={setSentTo}
    >
      <Field name="email" label={authText.email}>
        <Input
          type="email"
          autoComplete={purpose === "signUp" ? "email" : "username"}
          defaultValue={value("email")}
          required
          autoFocus
        />
      </Field>
      <FormMessage />
      <SubmitButton>{text.submit}</SubmitButton>
    </ActionForm>
  );
}
