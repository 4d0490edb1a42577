"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { profileText } from "./profile-text.ts";

const { password: text } = profileText;

type ChangePassword = (input: {
  current: string;
  password: string;
}) => Promise<ActionResult<{ tokensRevoked: number }>>;

/** Changes the password. */
export function PasswordForm({ change }: { change: ChangePassword }) {
  const [changed, setChanged] = useState("");
  return (
    <ActionForm
      className="max-w-md"
      action={(data) =>
        change({ current: String(data.get("current") ?? ""), password: String(data.get("password") ?? "") })
      }
      onDone={({ tokensRevoked }) => setChanged(text.changed(tokensRevoked))}
      resetWhenDone
    >
      <Field name="current" label={text.current}>
        <Input type="password" autoComplete="current-password" required />
      </Field>
      <Field name="password" label={text.new} hint={text.newHint}>
        <Input type="password" autoComplete="new-password" required />
      </Field>
      <FormMessage />
      <div className="flex items-center gap-3">
        <SubmitButton>{text.submit}</SubmitButton>
        <p role="status" className="text-sm text-muted">
          {changed}
        </p>
      </div>
    </ActionForm>
  );
}
