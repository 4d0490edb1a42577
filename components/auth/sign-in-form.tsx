"use client";

import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { openPage, signInWithPassword } from "./password-sign-in.ts";
import { authText } from "./text.ts";

/** Signs in with email and password. `next` is a path of this portal. */
export function SignInForm({ next, email }: { next: string; email?: string | undefined }) {
  return (
    <ActionForm
      action={(data) => signInWithPassword(textOf(data, "email"), String(data.get("password") ?? ""))}
      onDone={() => openPage(next)}
    >
      <Field name="email" label={authText.email}>
        <Input type="email" autoComplete="username" defaultValue={email} required autoFocus={!email} />
      </Field>
      <Field name="password" label={authText.password}>
        <Input type="password" autoComplete="current-password" required autoFocus={Boolean(email)} />
      </Field>
      <FormMessage />
      <SubmitButton>{authText.signIn.submit}</SubmitButton>
    </ActionForm>
  );
}
