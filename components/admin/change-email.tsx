"use client";

import type { ActionResult } from "#domain/errors.ts";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { Field } from "../ui/field.tsx";
import { textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { usersText } from "./users-text.ts";

const text = usersText.user.email;

interface ChangeEmailProps {
  name: string;
  userId: string;
  change: (input: { userId: string; email: string }) => Promise<ActionResult<unknown>>;
}

/** Changes the email address of a user who can't do it. */
export function ChangeEmail({ name, userId, change }: ChangeEmailProps) {
  return (
    <ConfirmButton
      label={text.label}
      title={text.title(name)}
      confirm={text.confirm}
      harmless
      fields={
        <Field name="email" label={text.field}>
          <Input type="email" autoComplete="off" required />
        </Field>
      }
      action={(data) => change({ userId, email: textOf(data, "email") })}
    >
      <p>{text.effect}</p>
    </ConfirmButton>
  );
}
