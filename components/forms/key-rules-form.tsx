"use client";

import { useState } from "react";
import type { KeyRules } from "#domain/access/policies/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { keyRulesText as text } from "./key-rules-text.ts";

interface KeyRulesFormProps {
  rules: KeyRules | null;
  /** Path of the rules in the input, for its errors: `keyRules` or `rules`. */
  path: string;
  set: (rules: KeyRules) => Promise<ActionResult<unknown>>;
}

/** Rules for the keys that are created or changed from now on. */
export function KeyRulesForm({ rules, path, set }: KeyRulesFormProps) {
  const [saved, setSaved] = useState(false);
  const days = (data: FormData, environment: string) => {
    const given = textOf(data, `${path}.maxLifeDays.${environment}`).trim();
    return given === "" ? null : Number(given);
  };
  return (
    <ActionForm
      className="gap-4"
      action={(data) =>
        set({
          maxLifeDays: { live: days(data, "live"), test: days(data, "test") },
          expiryRequired: data.get("expiryRequired") !== null,
          namePattern: textOf(data, `${path}.namePattern`).trim() || null,
          descriptionRequired: data.get("descriptionRequired") !== null,
          externalIdRequired: data.get("externalIdRequired") !== null,
        })
      }
      onDone={() => setSaved(true)}
      onFailure={() => setSaved(false)}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {(["live", "test"] as const).map((environment) => (
          <Field
            key={environment}
            name={`${path}.maxLifeDays.${environment}`}
            label={text.maxLife[environment]}
            hint={text.maxLifeHint}
          >
            <span className="flex items-center gap-2">
              <Input
                inputMode="numeric"
                className="max-w-32"
                defaultValue={rules?.maxLifeDays[environment]?.toString() ?? ""}
                placeholder={text.none}
              />
              <span className="text-muted">{text.days}</span>
            </span>
          </Field>
        ))}
      </div>
      <Field name={`${path}.namePattern`} label={text.namePattern} hint={text.namePatternHint} optional>
        <Input
          mono
          className="max-w-80"
          defaultValue={rules?.namePattern ?? ""}
          placeholder="team-*"
          spellCheck={false}
          autoComplete="off"
        />
      </Field>
      <div className="grid gap-2">
        <Checkbox
          name="expiryRequired"
          defaultChecked={rules?.expiryRequired ?? false}
          label={text.expiryRequired}
        />
        <Checkbox
          name="descriptionRequired"
          defaultChecked={rules?.descriptionRequired ?? false}
          label={text.descriptionRequired}
        />
        <Checkbox
          name="externalIdRequired"
          defaultChecked={rules?.externalIdRequired ?? false}
          label={text.externalIdRequired}
        />
      </div>
      <FormMessage />
      <div className="flex items-center gap-3">
        <SubmitButton variant="secondary">{uiText.save}</SubmitButton>
        <p role="status" className="text-sm text-muted">
          {saved ? text.saved : null}
        </p>
      </div>
    </ActionForm>
  );
}
