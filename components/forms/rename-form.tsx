"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";

interface RenameFormProps {
  name: string;
  /** Explains who sees the name. */
  hint: string;
  rename: (name: string) => Promise<ActionResult<unknown>>;
}

/** Changes a name. */
export function RenameForm({ name, hint, rename }: RenameFormProps) {
  const [typed, setTyped] = useState(name);
  const [saved, setSaved] = useState(false);
  return (
    <ActionForm
      action={(data) => rename(textOf(data, "name"))}
      onDone={() => setSaved(true)}
      className="max-w-md"
    >
      <Field name="name" label={uiText.name} hint={hint}>
        <Input
          value={typed}
          onValueChange={(value) => {
            setTyped(value);
            setSaved(false);
          }}
          maxLength={100}
          autoComplete="off"
        />
      </Field>
      <FormMessage />
      <div className="flex items-center gap-3">
        <SubmitButton disabled={typed.trim() === name}>{uiText.rename}</SubmitButton>
        <p role="status" className="text-sm text-muted">
          {saved && typed.trim() === name ? uiText.renamed : ""}
        </p>
      </div>
    </ActionForm>
  );
}
