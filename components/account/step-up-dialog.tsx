"use client";

import { Form } from "@base-ui/react/form";
import { type SubmitEvent, useEffect, useState } from "react";
import type { ConfirmationMethods } from "#domain/access/accounts/step-up.ts";
import { callAction } from "../ui/attempt.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { FormActions, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import type { StepUpDialogProps } from "../ui/step-up.tsx";
import { uiText } from "../ui/text.ts";
import { accountText } from "./text.ts";

const { stepUp: text } = accountText;

/** Asks users to confirm their identity. */
export function StepUpDialog({ actions: { methods, confirm }, onConfirmed, onCancel }: StepUpDialogProps) {
  const [offered, setOffered] = useState<ConfirmationMethods | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    callAction(methods).then((result) => {
      if (!current) return;
      if (result.ok) setOffered(result.value);
      else setFailed(result.message);
    });
    return () => {
      current = false;
    };
  }, [methods]);
  return (
    <Dialog open onClose={onCancel} title={text.title} description={text.description}>
      {failed !== null ? <p role="alert">{failed}</p> : null}
      {offered === null ? null : offered.password || offered.code ? (
        <ConfirmationForm
          byCode={offered.code}
          confirm={confirm}
          onConfirmed={onConfirmed}
          onCancel={onCancel}
        />
      ) : (
        <>
          <p>{text.signInAgain}</p>
          <FormActions>
            <Button onClick={onCancel}>{uiText.cancel}</Button>
          </FormActions>
        </>
      )}
    </Dialog>
  );
}

interface ConfirmationFormProps extends Omit<StepUpDialogProps, "actions"> {
  byCode: boolean;
  confirm: StepUpDialogProps["actions"]["confirm"];
}

/**
 * Not an `ActionForm`: that shows its errors in a transition, and React holds all transitions back until the form that
 * waits for this confirmation has finished.
 */
function ConfirmationForm({ byCode, confirm, onConfirmed, onCancel }: ConfirmationFormProps) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const name = byCode ? "code" : "password";
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    setPending(true);
    const input = byCode
      ? { code: textOf(data, name) }
      : // Not trimmed: spaces are part of a password.
        { password: String(data.get(name) ?? "") };
    const result = await callAction(() => confirm(input));
    setPending(false);
    if (result.ok) return onConfirmed();
    setError(result.errors[0]?.message ?? result.message);
    form.querySelector("input")?.focus();
  };
  return (
    <Form
      method="post"
      errors={error === null ? {} : { [name]: error }}
      onSubmit={submit}
      className="grid gap-5"
    >
      {byCode ? (
        <Field name={name} label={text.code} hint={text.codeHint}>
          <Input autoComplete="one-time-code" required autoFocus mono />
        </Field>
      ) : (
        <Field name={name} label={text.password}>
          <Input type="password" autoComplete="current-password" required autoFocus />
        </Field>
      )}
      <FormActions>
        <Button onClick={onCancel}>{uiText.cancel}</Button>
        <Button type="submit" variant="primary" pending={pending}>
          {text.submit}
        </Button>
      </FormActions>
    </Form>
  );
}
