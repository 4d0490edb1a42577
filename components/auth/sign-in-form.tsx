"use client";

import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { type NativeAction, useNativeForm } from "../ui/native-form.ts";
import { openPage, signInWithPassword } from "./password-sign-in.ts";
import { authText } from "./text.ts";

/** Signs in with email and password. `next` is a path of this portal. */
export function SignInForm({ next, sent }: { next: string; sent: NativeAction<null> }) {
  const { native, value } = useNativeForm(sent);
  const email = value("email");
  return (
    <ActionForm
      native={native}
      action={(data) => signInWithPassword(textOf(data, "email"), String(data.get("password") ?? ""))}
      onDone={() => openPage(next)}
    >
      <input type="hidden" name="next" value={next} />
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
