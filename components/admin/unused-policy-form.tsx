"use client";

import { useState } from "react";
import type { Policies, UnusedKeysRule } from "#domain/access/policies/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { UnusedDryRun } from "#domain/keys/lifecycle/unused/schema.ts";
import { policyFormText } from "../forms/policy-text.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { policiesText } from "./policies-text.ts";
import { UnusedPreview } from "./unused-preview.tsx";

interface UnusedPolicyFormProps {
  rule: UnusedKeysRule;
  set: (input: { unusedKeys: UnusedKeysRule }) => Promise<ActionResult<Policies>>;
  preview: (input: { rule: UnusedKeysRule }) => Promise<ActionResult<UnusedDryRun>>;
}

const { unused: text } = policiesText;

/** The policy for unused keys. Each step is optional, and a change is saved only after its preview. */
export function UnusedPolicyForm({ rule, set, preview }: UnusedPolicyFormProps) {
  /** The policy that was previewed, with its effect; null after another change. */
  const [previewed, setPreviewed] = useState<{ rule: UnusedKeysRule; run: UnusedDryRun } | null>(null);
  const [saved, setSaved] = useState(false);
  const changed = () => {
    setPreviewed(null);
    setSaved(false);
  };
  return (
    <ActionForm
      className="gap-4"
      action={async (data): Promise<ActionResult<UnusedDryRun | null>> => {
        const draft = policyFrom(data);
        if (previewed === null) {
          const result = await preview({ rule: draft });
          if (result.ok) setPreviewed({ rule: draft, run: result.value });
          return result.ok ? result : { ...result, errors: atFields(result.errors) };
        }
        const result = await set({ unusedKeys: previewed.rule });
        return result.ok ? { ok: true, value: null } : { ...result, errors: atFields(result.errors) };
      }}
      onDone={(run) => {
        if (run !== null) return;
        setPreviewed(null);
        setSaved(true);
      }}
    >
      <div className="grid gap-4 sm:grid-cols-3" onInput={changed}>
        {text.steps.map(({ name, label, hint }) => (
          <Field key={name} name={name} label={label} hint={hint}>
            <span className="flex items-center gap-2">
              <Input
                inputMode="numeric"
                defaultValue={rule[name]?.toString() ?? ""}
                placeholder={text.never}
              />
              <span className="whitespace-nowrap text-muted">{text.days}</span>
            </span>
          </Field>
        ))}
      </div>
      {previewed ? <UnusedPreview run={previewed.run} /> : null}
      <FormMessage />
      <FormActions>
        <p role="status" className="mr-auto text-sm text-muted">
          {saved ? text.saved : null}
        </p>
        {previewed ? <Button onClick={changed}>{policyFormText.edit}</Button> : null}
        <SubmitButton variant={previewed ? "primary" : "secondary"}>
          {previewed ? policyFormText.enforce : text.preview}
        </SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** An empty field means never. The server rejects text that is not a number. */
function policyFrom(data: FormData): UnusedKeysRule {
  const days = (name: string) => {
    const text = textOf(data, name);
    return text === "" ? null : Number(text);
  };
  return { warnDays: days("warnDays"), disableDays: days("disableDays"), revokeDays: days("revokeDays") };
}

/** The server's paths start with the name of the policy, which the form's fields do not have. */
function atFields<FieldError extends { path: string }>(errors: FieldError[]): FieldError[] {
  return errors.map((error) => ({ ...error, path: error.path.split(".").at(-1) ?? error.path }));
}
