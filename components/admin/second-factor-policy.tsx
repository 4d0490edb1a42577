"use client";

import { useState } from "react";
import type { Policies, SecondFactorPolicy as Policy } from "#domain/access/policies/schema.ts";
import type { MissingFactors } from "#domain/admin/second-factors.ts";
import type { ActionResult } from "#domain/errors.ts";
import { Radio } from "../ui/checkbox.tsx";
import { FieldGroup } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { uiText } from "../ui/text.ts";
import { secondFactorText as text } from "./second-factor-text.ts";

interface SecondFactorPolicyProps {
  policy: Policy;
  missing: MissingFactors;
  set: (input: { secondFactor: Policy }) => Promise<ActionResult<Policies>>;
}

/** Who must have a second factor, with the number of users who have none. */
export function SecondFactorPolicy({ policy, missing, set }: SecondFactorPolicyProps) {
  const [saved, setSaved] = useState(false);
  return (
    <ActionForm
      className="gap-4"
      // The server rejects any other value.
      action={(data) => set({ secondFactor: textOf(data, "secondFactor") as Policy })}
      onDone={() => setSaved(true)}
      onFailure={() => setSaved(false)}
    >
      <FieldGroup name="secondFactor" legend={text.legend}>
        {text.options.map(({ value, label, hint }) => (
          <Radio
            key={value}
            name="secondFactor"
            value={value}
            label={label}
            hint={value === "optional" ? hint : `${hint} ${text.missing(missing[value])}`}
            defaultChecked={value === policy}
            onChange={() => setSaved(false)}
          />
        ))}
      </FieldGroup>
      <FormMessage />
      <div className="flex items-center gap-3">
        <SubmitButton variant="secondary">{uiText.save}</SubmitButton>
        <p role="status" className="text-sm text-muted">
          {saved ? uiText.saved : null}
        </p>
      </div>
    </ActionForm>
  );
}
