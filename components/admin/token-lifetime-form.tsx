"use client";

import { useState } from "react";
import type { Policies } from "#domain/access/policies/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { managementTokensText } from "./management-tokens-text.ts";

const { policy: text } = managementTokensText;

interface TokenLifetimeFormProps {
  maxDays: number | null;
  set: (input: Pick<Policies, "managementTokens">) => Promise<ActionResult<unknown>>;
}

/** Sets the maximum lifetime of management tokens. */
export function TokenLifetimeForm({ maxDays, set }: TokenLifetimeFormProps) {
  const [saved, setSaved] = useState(false);
  return (
    <ActionForm
      className="gap-4"
      action={(data) => {
        const days = textOf(data, "managementTokens");
        return set({ managementTokens: { maxDays: days === "" ? null : Number(days) } });
      }}
      onDone={() => setSaved(true)}
      onFailure={() => setSaved(false)}
    >
      <Field name="managementTokens" label={text.maxDays} hint={text.maxDaysHint}>
        <span className="flex items-center gap-2">
          <Input
            inputMode="numeric"
            className="max-w-32"
            defaultValue={maxDays?.toString() ?? ""}
            placeholder={text.none}
          />
          <span className="whitespace-nowrap text-muted">{text.days}</span>
        </span>
      </Field>
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
