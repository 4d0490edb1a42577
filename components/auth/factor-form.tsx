"use client";

import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { type NativeAction, useNativeForm } from "../ui/native-form.ts";
import { finishSignIn, openPage } from "./password-sign-in.ts";
import { authText } from "./text.ts";

const { factor: text } = authText;

interface FactorFormProps {
  next: string;
  sent: NativeAction<null>;
  /** Whether the user has an authenticator app, besides recovery codes. */
  hasApp: boolean;
  autoFocus: boolean;
}

/** Asks for the code of the authenticator app, or a recovery code. */
export function FactorForm({ next, sent, hasApp, autoFocus }: FactorFormProps) {
  const { native } = useNativeForm(sent);
  return (
    <ActionForm
      native={native}
      action={(data) => finishSignIn(textOf(data, "code"))}
      onDone={() => openPage(next)}
    >
      <input type="hidden" name="next" value={next} />
      <Field
        name="code"
        label={hasApp ? text.code : text.recoveryCode}
        hint={hasApp ? text.codeHint : text.recoveryCodeHint}
      >
        <Input
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus={autoFocus}
          mono
        />
      </Field>
      <FormMessage />
      <SubmitButton variant={autoFocus ? "primary" : "secondary"}>{text.submit}</SubmitButton>
    </ActionForm>
  );
}
