"use client";

import type { ActionResult } from "#domain/errors.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { goOn, makeAndEnter } from "./enter.ts";

export interface NewAccount {
  token?: string;
  email: string;
  name: string;
  password: string;
}

interface AccountFormProps {
  /** Of the one-time link, where there is one. */
  token?: string | undefined;
  /** The address that a link is for; it can't be changed. */
  email?: string | undefined;
  make: (account: NewAccount) => Promise<ActionResult<unknown>>;
  next: string;
  submit: string;
}

/** Name, address and password of a new account, which is signed in right away. */
export function AccountForm({ token, email, make, next, submit }: AccountFormProps) {
  return (
    <ActionForm
      action={(data) => {
        const account = {
          ...(token ? { token } : {}),
          email: textOf(data, "email"),
          name: textOf(data, "name"),
          password: String(data.get("password") ?? ""),
        };
        return makeAndEnter(make(account), account.email, account.password);
      }}
      onDone={() => goOn(next)}
    >
      <Field name="name" label="Your name" hint="What others see beside what you do.">
        <Input autoComplete="name" required autoFocus />
      </Field>
      <Field name="email" label="E-mail" hint={email ? "The invitation is for this address." : undefined}>
        <Input type="email" autoComplete="username" defaultValue={email} readOnly={Boolean(email)} required />
      </Field>
      <Field name="password" label="Password" hint="At least 10 characters. Long beats odd.">
        <Input type="password" autoComplete="new-password" required />
      </Field>
      <FormMessage />
      <SubmitButton>{submit}</SubmitButton>
    </ActionForm>
  );
}
