"use client";

import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { enter, goOn } from "./enter.ts";

/** E-mail and password. `next` is a path of this portal. */
export function SignInForm({ next, email }: { next: string; email?: string | undefined }) {
  return (
    <ActionForm
      action={(data) => enter(textOf(data, "email"), String(data.get("password") ?? ""))}
      onDone={() => goOn(next)}
    >
      <Field name="email" label="E-mail">
        <Input type="email" autoComplete="username" defaultValue={email} required autoFocus={!email} />
      </Field>
      <Field name="password" label="Password">
        <Input type="password" autoComplete="current-password" required autoFocus={Boolean(email)} />
      </Field>
      <FormMessage />
      <SubmitButton>Sign in</SubmitButton>
    </ActionForm>
  );
}
