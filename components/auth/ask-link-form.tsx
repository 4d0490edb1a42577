"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";

/** Asks for a link by mail. The answer is the same whether the address has an account or not. */
export function AskLinkForm({ ask }: { ask: (input: { email: string }) => Promise<ActionResult<unknown>> }) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo !== null) {
    return (
      <p role="status">
        A mail is on its way to <strong className="font-medium">{sentTo}</strong>. Open the link in it to go
        on.
      </p>
    );
  }
  return (
    <ActionForm
      action={async (data) => {
        const email = textOf(data, "email");
        const result = await ask({ email });
        return result.ok ? { ok: true, value: email } : result;
      }}
      onDone={setSentTo}
    >
      <Field name="email" label="E-mail">
        <Input type="email" autoComplete="email" required autoFocus />
      </Field>
      <FormMessage />
      <SubmitButton>Send me a link</SubmitButton>
    </ActionForm>
  );
}
