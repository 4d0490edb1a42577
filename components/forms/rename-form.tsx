"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/result.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";

interface RenameFormProps {
  name: string;
  /** What the name is for. */
  hint: string;
  rename: (name: string) => Promise<ActionResult<unknown>>;
}

/** A name that can be changed where it stands. */
export function RenameForm({ name, hint, rename }: RenameFormProps) {
  const [typed, setTyped] = useState(name);
  const [saved, setSaved] = useState(false);
  return (
    <ActionForm
      action={(data) => rename(textOf(data, "name"))}
      onDone={() => setSaved(true)}
      className="max-w-md"
    >
      <Field name="name" label="Name" hint={hint}>
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
        <SubmitButton disabled={typed.trim() === name}>Rename</SubmitButton>
        <p role="status" className="text-sm text-muted">
          {saved && typed.trim() === name ? "Renamed." : ""}
        </p>
      </div>
    </ActionForm>
  );
}
