"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { Link } from "../ui/link.tsx";
import { profileText } from "./profile-text.ts";

const { email: text } = profileText;

interface EmailAddressProps {
  email: string;
  verified: boolean;
  /** Null if the portal can't send mail. */
  request: ((input: { email: string }) => Promise<ActionResult<unknown>>) | null;
  /** The page on which the reader, an administrator, can change it without mail; null for others. */
  adminHref: string | null;
  /** The name of the provider with which people of this address must sign in; null if there is none. */
  requiredProvider: string | null;
}

/** The email address of the user, and the form that asks for a change of it. */
export function EmailAddress({ email, verified, request, adminHref, requiredProvider }: EmailAddressProps) {
  const [sentTo, setSentTo] = useState("");
  return (
    <div className="grid gap-4">
      <p className="wrap-anywhere">
        {email} <span className="text-sm text-muted">{verified ? text.verified : text.unverified}</span>
      </p>
      {requiredProvider !== null ? (
        <p className="text-muted">{text.atProvider(requiredProvider)}</p>
      ) : request === null ? (
        <p className="text-muted">
          {text.noMail}
          {adminHref === null ? (
            text.askAdmin
          ) : (
            <Link href={adminHref} className="text-accent underline">
              {text.changeAsAdmin}
            </Link>
          )}
        </p>
      ) : (
        <ActionForm
          className="max-w-md"
          action={async (data) => {
            const typed = textOf(data, "email");
            const result = await request({ email: typed });
            return result.ok ? { ok: true, value: typed } : result;
          }}
          onDone={setSentTo}
          resetWhenDone
        >
          <Field name="email" label={text.new} hint={text.hint}>
            <Input type="email" autoComplete="email" required />
          </Field>
          <FormMessage />
          <div className="grid justify-items-start gap-2">
            <SubmitButton>{text.submit}</SubmitButton>
            <p role="status" className="text-sm text-muted">
              {sentTo ? text.sent(sentTo) : ""}
            </p>
          </div>
        </ActionForm>
      )}
    </div>
  );
}
