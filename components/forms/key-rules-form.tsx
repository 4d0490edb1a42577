"use client";

import { useState } from "react";
import type { KeyRules, KeyRulesInput } from "#domain/access/policies/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { KeyRulesDryRun } from "#domain/keys/lifecycle/rules/schema.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field, FieldGroup } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { SegmentedRadios } from "../ui/segmented.tsx";
import { uiText } from "../ui/text.ts";
import { keyRulesText as text } from "./key-rules-text.ts";
import { policyFormText } from "./policy-text.ts";

const KeyRulesPreview = lazyInBrowser(() =>
  import("./key-rules-preview.tsx").then((module) => module.KeyRulesPreview),
);

interface KeyRulesFormProps {
  rules: KeyRules | null;
  /** Path of the rules in the input, for its errors: `keyRules` or `rules`. */
  path: string;
  set: (rules: KeyRulesInput) => Promise<ActionResult<unknown>>;
  preview: (rules: KeyRulesInput) => Promise<ActionResult<KeyRulesDryRun>>;
}

interface Previewed {
  rules: KeyRulesInput;
  run: KeyRulesDryRun;
}

const DEFAULT_NOTICE = 30;

function existingKeysOf(value: string): KeyRules["existingKeys"] {
  return value === "notify" || value === "disable" ? value : "keep";
}

/** The path of an error of the preview, whose input names the rules in its own way. */
function under(path: string, of: string): string {
  return `${path}.${of.split(".").slice(1).join(".")}`;
}

/**
 * Rules for the keys that are created or changed from now on. Those that also apply to existing keys are saved only
 * after a preview.
 */
export function KeyRulesForm({ rules, path, set, preview }: KeyRulesFormProps) {
  const [saved, setSaved] = useState(false);
  /** What the rules that were previewed do to existing keys; null after another change. */
  const [previewed, setPreviewed] = useState<Previewed | null>(null);
  const changed = () => {
    setSaved(false);
    setPreviewed(null);
  };
  const days = (data: FormData, environment: string) => {
    const given = textOf(data, `${path}.maxLifeDays.${environment}`).trim();
    return given === "" ? null : Number(given);
  };
  return (
    <ActionForm
      className="gap-4"
      action={async (data): Promise<ActionResult<Previewed | null>> => {
        const draft: KeyRulesInput = {
          maxLifeDays: { live: days(data, "live"), test: days(data, "test") },
          expiryRequired: data.get("expiryRequired") !== null,
          namePattern: textOf(data, `${path}.namePattern`).trim() || null,
          descriptionRequired: data.get("descriptionRequired") !== null,
          externalIdRequired: data.get("externalIdRequired") !== null,
          approvalRequired: data.get("approvalRequired") !== null,
          existingKeys: existingKeysOf(textOf(data, "existingKeys")),
          noticeDays: Number(textOf(data, `${path}.noticeDays`).trim() || DEFAULT_NOTICE),
        };
        if (draft.existingKeys !== "keep" && previewed === null) {
          const result = await preview(draft);
          if (result.ok) return { ok: true, value: { rules: draft, run: result.value } };
          return {
            ...result,
            errors: result.errors.map((error) => ({ ...error, path: under(path, error.path) })),
          };
        }
        const result = await set(previewed?.rules ?? draft);
        return result.ok ? { ok: true, value: null } : result;
      }}
      onDone={(next) => {
        setPreviewed(next);
        setSaved(next === null);
      }}
      onFailure={() => setSaved(false)}
    >
      <div className="grid gap-4" onInput={changed}>
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
                <span className="whitespace-nowrap text-muted">{text.days}</span>
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
          <Checkbox
            name="approvalRequired"
            defaultChecked={rules?.approvalRequired ?? false}
            label={text.approvalRequired}
          />
        </div>
        <FieldGroup name="existingKeys" legend={text.existing.label} hint={text.existing.hint}>
          <SegmentedRadios
            name="existingKeys"
            defaultValue={rules?.existingKeys ?? "keep"}
            options={text.existing.options}
            onChange={changed}
          />
        </FieldGroup>
        <Field name={`${path}.noticeDays`} label={text.existing.notice} hint={text.existing.noticeHint}>
          <span className="flex items-center gap-2">
            <Input
              inputMode="numeric"
              className="max-w-32"
              defaultValue={(rules?.noticeDays ?? DEFAULT_NOTICE).toString()}
            />
            <span className="whitespace-nowrap text-muted">{text.days}</span>
          </span>
        </Field>
      </div>
      {previewed ? <KeyRulesPreview run={previewed.run} /> : null}
      <FormMessage />
      <div className="flex items-center gap-3">
        <SubmitButton variant={previewed ? "primary" : "secondary"}>
          {previewed ? policyFormText.enforce : uiText.save}
        </SubmitButton>
        {previewed ? <Button onClick={changed}>{policyFormText.edit}</Button> : null}
        <p role="status" className="text-sm text-muted">
          {saved ? text.saved : null}
        </p>
      </div>
    </ActionForm>
  );
}
