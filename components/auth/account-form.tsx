"use client";

import type { ActionResult } from "#domain/errors.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { type NativeAction, useNativeForm } from "../ui/native-form.ts";
import { createAndSignIn, openPage } from "./password-sign-in.ts";
import { authText } from "./text.ts";

const { signUp: text } = authText;

export interface NewAccount {
  token?: string | undefined;
  email: string;
  name: string;
  password: string;
}

interface AccountFormProps {
  /** The token of a one-time link, if the reader came with one. */
  token?: string | undefined;
  /** The address that the link is for; it can't be changed. */
  email?: string | undefined;
  create: (account: NewAccount) => Promise<ActionResult<unknown>>;
  sent: NativeAction<null>;
  next: string;
  submit: string;
}

/** Creates an account and signs in. */
export function AccountForm({ token, email, create, sent, next, submit }: AccountFormProps) {
  const { native, value } = useNativeForm(sent);
  return (
    <ActionForm
      native={native}
      action={(data) => {
        const account = {
          token,
          email: textOf(data, "email"),
          name: textOf(data, "name"),
          password: String(data.get("password") ?? ""),
        };
        return createAndSignIn(create(account), account.email, account.password);
      }}
      onDone={() => openPage(next)}
    >
      {token === undefined ? null : <input type="hidden" name="token" value={token} />}
      <input type="hidden" name="next" value={next} />
      <Field name="name" label={text.name} hint={text.nameHint}>
        <Input autoComplete="name" defaultValue={value("name")} required autoFocus />
      </Field>
      <Field name="email" label={authText.email} hint={email ? text.emailHint : undefined}>
        <Input
          type="email"
          autoComplete="username"
          defaultValue={email ?? value("email")}
          readOnly={Boolean(email)}
          required
        />
      </Field>
      <Field name="password" label={authText.password} hint={text.passwordHint}>
        <Input type="password" autoComplete="new-password" required />
      </Field>
      <FormMessage />
      <SubmitButton>{submit}</SubmitButton>
    </ActionForm>
  );
}
