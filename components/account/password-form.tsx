"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";

type ChangePassword = (input: {
  current: string;
  password: string;
}) => Promise<ActionResult<{ tokensRevoked: number }>>;

/** The current password, for a new one. */
export function PasswordForm({ change }: { change: ChangePassword }) {
  const [changed, setChanged] = useState("");
  return (
    <ActionForm
      className="max-w-md"
      action={(data) =>
        change({ current: String(data.get("current") ?? ""), password: String(data.get("password") ?? "") })
      }
      onDone={({ tokensRevoked }) => setChanged(changedWords(tokensRevoked))}
      resetWhenDone
    >
      <Field name="current" label="Current password">
        <Input type="password" autoComplete="current-password" required />
      </Field>
      <Field
        name="password"
        label="New password"
        hint="At least 10 characters. You are signed out everywhere else, and your management tokens are revoked."
      >
        <Input type="password" autoComplete="new-password" required />
      </Field>
      <FormMessage />
      <div className="flex items-center gap-3">
        <SubmitButton>Change password</SubmitButton>
        <p role="status" className="text-sm text-muted">
          {changed}
        </p>
      </div>
    </ActionForm>
  );
}

function changedWords(tokensRevoked: number): string {
  if (tokensRevoked === 0) return "Changed.";
  return `Changed. ${tokensRevoked === 1 ? "1 management token was" : `${tokensRevoked} management tokens were`} revoked.`;
}
