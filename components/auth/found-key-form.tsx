"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { type NativeAction, useNativeForm } from "../ui/native-form.ts";
import { authText } from "./text.ts";

const { foundKey: text } = authText;

interface FoundKeyFormProps {
  report: (input: { key: string; where: string }) => Promise<ActionResult<undefined>>;
  sent: NativeAction<true>;
}

/** Reports a key that was found in public. The answer is the same for every report, so that it reveals nothing. */
export function FoundKeyForm({ report, sent }: FoundKeyFormProps) {
  const { native, value, done } = useNativeForm(sent);
  const [thanked, setThanked] = useState(done ?? false);
  if (thanked) {
    return (
      <p role="status" className="font-medium">
        {text.thanks}
      </p>
    );
  }
  return (
    <ActionForm
      native={native}
      action={(data) => report({ key: textOf(data, "key"), where: textOf(data, "where") })}
      onDone={() => setThanked(true)}
    >
      <Field name="key" label={text.key} hint={text.keyHint}>
        <Textarea name="key" mono rows={2} autoComplete="off" spellCheck={false} required />
      </Field>
      <Field name="where" label={text.where} optional hint={text.whereHint}>
        <Input autoComplete="off" defaultValue={value("where")} />
      </Field>
      <FormMessage />
      <SubmitButton>{text.submit}</SubmitButton>
    </ActionForm>
  );
}
