"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Textarea } from "../ui/input.tsx";

interface FoundKeyFormProps {
  report: (input: { key: string; where: string }) => Promise<ActionResult<undefined>>;
}

/** Takes a key that somebody found. The thanks are the same whatever it was. */
export function FoundKeyForm({ report }: FoundKeyFormProps) {
  const [thanked, setThanked] = useState(false);
  if (thanked) {
    return (
      <p role="status" className="font-medium">
        Thank you.
      </p>
    );
  }
  return (
    <ActionForm
      action={(data) => report({ key: textOf(data, "key"), where: textOf(data, "where") })}
      onDone={() => setThanked(true)}
    >
      <Field
        name="key"
        label="The key"
        hint="Alone, or the lines that it is in. It is looked up and forgotten."
      >
        <Textarea name="key" mono rows={2} autoComplete="off" spellCheck={false} required />
      </Field>
      <Field name="where" label="Where you found it" optional hint="An address, or a few words.">
        <Input autoComplete="off" />
      </Field>
      <FormMessage />
      <SubmitButton>Report it</SubmitButton>
    </ActionForm>
  );
}
