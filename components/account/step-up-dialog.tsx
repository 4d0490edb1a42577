"use client";

import { KeyRound } from "lucide-react";
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
import { ValidatedForm } from "../ui/validated-form.tsx";
import { stepUpText as text } from "./dialog-text.ts";
import { usePasskeySupport, withPasskey } from "./passkey-browser.ts";

/** Asks users to confirm their identity. Opens once it knows how they can, so that nothing in it moves. */
export function StepUpDialog({ actions, onConfirmed, onCancel }: StepUpDialogProps) {
  const { methods, confirm } = actions;
  const supported = usePasskeySupport();
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
  if (offered === null && failed === null) return null;
  return (
    <Dialog open onClose={onCancel} title={text.title} description={text.description}>
      {failed !== null ? <p role="alert">{failed}</p> : null}
      {offered?.passkey && supported ? (
        <PasskeyConfirmation actions={actions} onConfirmed={onConfirmed} />
      ) : null}
      {offered === null ? null : offered.password || offered.app || offered.recoveryCode ? (
        <ConfirmationForm
          by={offered.password ? "password" : offered.app ? "code" : "recoveryCode"}
          isFirst={!(offered.passkey && supported)}
          confirm={confirm}
          onConfirmed={onConfirmed}
          onCancel={onCancel}
        />
      ) : (
        <>
          {offered.passkey && supported ? null : <p>{text.signInAgain}</p>}
          <FormActions>
            <Button onClick={onCancel}>{uiText.cancel}</Button>
          </FormActions>
        </>
      )}
    </Dialog>
  );
}

/** Confirms with a passkey: something that the user has, whose authenticator verifies the user. */
function PasskeyConfirmation({ actions, onConfirmed }: Omit<StepUpDialogProps, "onCancel">) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const press = async () => {
    setPending(true);
    setError(null);
    const result = await withPasskey(actions.startPasskey, actions.confirmWithPasskey);
    setPending(false);
    if (result.ok) return onConfirmed();
    setError(result.message);
  };
  return (
    <div className="grid gap-2">
      {error === null ? null : (
        <p role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
      <Button variant="primary" pending={pending} onClick={press} autoFocus>
        <KeyRound aria-hidden />
        {text.passkey}
      </Button>
    </div>
  );
}

interface ConfirmationFormProps extends Omit<StepUpDialogProps, "actions"> {
  by: "password" | "code" | "recoveryCode";
  /** False below another way, which has the focus and the accent. */
  isFirst: boolean;
  confirm: StepUpDialogProps["actions"]["confirm"];
}

/**
 * Not an `ActionForm`: that shows its errors in a transition, and React holds all transitions back until the form that
 * waits for this confirmation has finished.
 */
function ConfirmationForm({ by, isFirst, confirm, onConfirmed, onCancel }: ConfirmationFormProps) {
  const byCode = by !== "password";
  const [pending, setPending] = useState(false);
  const [errors, setErrors] = useState<Record<string, string[]>>({});
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
    setErrors({ [name]: [result.errors[0]?.message ?? result.message] });
    form.querySelector("input")?.focus();
  };
  return (
    <ValidatedForm method="post" errors={errors} onSubmit={submit} className="grid gap-5">
      {byCode ? (
        <Field
          name={name}
          label={by === "code" ? text.code : text.recoveryCode}
          hint={by === "code" ? text.codeHint : text.recoveryCodeHint}
        >
          <Input autoComplete="one-time-code" required autoFocus={isFirst} mono />
        </Field>
      ) : (
        <Field name={name} label={text.password}>
          <Input type="password" autoComplete="current-password" required autoFocus />
        </Field>
      )}
      <FormActions>
        <Button onClick={onCancel}>{uiText.cancel}</Button>
        <Button type="submit" variant={isFirst ? "primary" : "secondary"} pending={pending}>
          {text.submit}
        </Button>
      </FormActions>
    </ValidatedForm>
  );
}
