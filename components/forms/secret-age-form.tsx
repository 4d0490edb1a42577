"use client";

import { useState } from "react";
import type { SecretAgePolicy } from "#db/tables/projects.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { SecretAgeDryRun } from "#domain/keys/lifecycle/secret-age/schema.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { policyFormText, secretAgeText as text } from "./policy-text.ts";

interface SecretAgeFormProps {
  rule: SecretAgePolicy | null;
  set: (rule: SecretAgePolicy | null) => Promise<ActionResult<unknown>>;
  preview: (rule: SecretAgePolicy) => Promise<ActionResult<SecretAgeDryRun>>;
}

interface Preview extends SecretAgeDryRun {
  rule: SecretAgePolicy;
}

/** Sets the maximum age of secrets. A policy that disables keys is saved only after a preview of its effect. */
export function SecretAgeForm({ rule, set, preview }: SecretAgeFormProps) {
  const [saved, setSaved] = useState(false);
  const [previewed, setPreview] = useState<Preview | null>(null);
  const changed = () => {
    setSaved(false);
    setPreview(null);
  };
  return (
    <ActionForm
      className="gap-4"
      action={async (data): Promise<ActionResult<Preview | null>> => {
        const draft = policyFrom(data);
        if (draft?.cut && previewed === null) {
          const result = await preview(draft);
          return result.ok ? { ok: true, value: { ...result.value, rule: draft } } : atFields(result);
        }
        const result = await set(previewed?.rule ?? draft);
        return result.ok ? { ok: true, value: null } : atFields(result);
      }}
      onDone={(run) => {
        setPreview(run);
        setSaved(run === null);
      }}
    >
      <div className="grid gap-4" onInput={changed}>
        <Field name="maxDays" label={text.maxAge} hint={text.maxAgeHint}>
          <span className="flex items-center gap-2">
            <Input
              inputMode="numeric"
              className="max-w-32"
              defaultValue={rule?.maxDays.toString() ?? ""}
              placeholder={text.never}
            />
            <span className="whitespace-nowrap text-muted">{text.days}</span>
          </span>
        </Field>
        <Checkbox
          name="cut"
          defaultChecked={rule?.cut ?? false}
          label={text.disable}
          hint={text.disableHint}
        />
      </div>
      {previewed ? <PreviewLine previewed={previewed} /> : null}
      <FormMessage />
      <div className="flex items-center gap-3">
        <SubmitButton variant={previewed ? "primary" : "secondary"}>
          {previewed ? policyFormText.enforce : uiText.save}
        </SubmitButton>
        {previewed ? <Button onClick={changed}>{policyFormText.edit}</Button> : null}
        <p role="status" className="text-sm text-muted">
          {saved ? policyFormText.saved : null}
        </p>
      </div>
    </ActionForm>
  );
}

function PreviewLine({ previewed: { tooOld, rule } }: { previewed: Preview }) {
  return (
    <p className="rounded border border-border px-4 py-3" role="status">
      {tooOld === 0 ? text.noEffect(rule.maxDays) : text.effect(tooOld, rule.maxDays)}
    </p>
  );
}

/** Null for an empty field. The server rejects text that is not a number. */
function policyFrom(data: FormData): SecretAgePolicy | null {
  const days = textOf(data, "maxDays");
  return days === "" ? null : { maxDays: Number(days), cut: data.get("cut") !== null };
}

/** The server's paths start with the name of the policy, which the form's fields do not have. */
function atFields<Failure extends { errors: { path: string }[] }>(failure: Failure): Failure {
  const errors = failure.errors.map((error) => ({ ...error, path: error.path.split(".").at(-1) ?? "" }));
  return { ...failure, errors };
}
