"use client";

import { useState } from "react";
import type { SecretAgeRule } from "#db/tables/projects.ts";
import type { ActionResult } from "#domain/result.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";

interface SecretAgeFormProps {
  rule: SecretAgeRule | null;
  set: (rule: SecretAgeRule | null) => Promise<ActionResult<unknown>>;
}

/** How old a secret may grow, and whether anything happens then but a reminder. */
export function SecretAgeForm({ rule, set }: SecretAgeFormProps) {
  const [saved, setSaved] = useState(false);
  return (
    <ActionForm
      className="gap-4"
      action={async (data) => {
        const days = textOf(data, "maxDays");
        const result = await set(
          days === "" ? null : { maxDays: Number(days), cut: data.get("cut") !== null },
        );
        if (result.ok) return result;
        const errors = result.errors.map((fault) => ({ ...fault, path: fault.path.split(".").at(-1) ?? "" }));
        return { ...result, errors };
      }}
      onDone={() => setSaved(true)}
    >
      <div className="grid gap-4" onInput={() => setSaved(false)}>
        <Field name="maxDays" label="A secret is to be rotated within" hint="Empty for no such rule.">
          <span className="flex items-center gap-2">
            <Input
              inputMode="numeric"
              className="max-w-32"
              defaultValue={rule?.maxDays.toString() ?? ""}
              placeholder="never"
            />
            <span className="text-muted">days</span>
          </span>
        </Field>
        <Checkbox
          name="cut"
          defaultChecked={rule?.cut ?? false}
          label="Switch the key off when it is not"
          hint="Without this, people are reminded 14, 7 and 1 days before and on the day, and nothing is cut off."
        />
      </div>
      <FormMessage />
      <div className="flex items-center gap-3">
        <SubmitButton variant="secondary">Save</SubmitButton>
        <p role="status" className="text-sm text-muted">
          {saved ? "Saved." : null}
        </p>
      </div>
    </ActionForm>
  );
}
