"use client";

import { useState } from "react";
import type { SecretAgeRule } from "#db/tables/projects.ts";
import type { SecretAgeDryRun } from "#domain/keys/lifecycle/secret-age/dry-run.ts";
import type { ActionResult } from "#domain/result.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { formatNumber } from "../ui/format.ts";
import { Input } from "../ui/input.tsx";

interface SecretAgeFormProps {
  rule: SecretAgeRule | null;
  set: (rule: SecretAgeRule | null) => Promise<ActionResult<unknown>>;
  tryOut: (rule: SecretAgeRule) => Promise<ActionResult<SecretAgeDryRun>>;
}

interface Tried extends SecretAgeDryRun {
  rule: SecretAgeRule;
}

/** How old a secret may grow. What switches keys off is saved only after it was said how many it would touch. */
export function SecretAgeForm({ rule, set, tryOut }: SecretAgeFormProps) {
  const [saved, setSaved] = useState(false);
  const [tried, setTried] = useState<Tried | null>(null);
  const changed = () => {
    setSaved(false);
    setTried(null);
  };
  return (
    <ActionForm
      className="gap-4"
      action={async (data): Promise<ActionResult<Tried | null>> => {
        const draft = ruleOf(data);
        if (draft?.cut && tried === null) {
          const result = await tryOut(draft);
          return result.ok ? { ok: true, value: { ...result.value, rule: draft } } : placed(result);
        }
        const result = await set(tried?.rule ?? draft);
        return result.ok ? { ok: true, value: null } : placed(result);
      }}
      onDone={(run) => {
        setTried(run);
        setSaved(run === null);
      }}
    >
      <div className="grid gap-4" onInput={changed}>
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
          hint="People are reminded 14, 7 and 1 days before and on the day. With this, the key is then switched off, a week after its owners were told at the earliest."
        />
      </div>
      {tried ? <TriedLine tried={tried} /> : null}
      <FormMessage />
      <div className="flex items-center gap-3">
        <SubmitButton variant={tried ? "primary" : "secondary"}>
          {tried ? "Put it in force" : "Save"}
        </SubmitButton>
        {tried ? <Button onClick={changed}>Change it</Button> : null}
        <p role="status" className="text-sm text-muted">
          {saved ? "Saved." : null}
        </p>
      </div>
    </ActionForm>
  );
}

function TriedLine({ tried: { tooOld, rule } }: { tried: Tried }) {
  return (
    <p className="rounded border border-border px-4 py-3" role="status">
      {tooOld === 0
        ? `No key that is on has a secret older than ${rule.maxDays} days today.`
        : `${formatNumber(tooOld)} key${tooOld === 1 ? " has a secret" : "s have secrets"} older than ${rule.maxDays} days today. The owners are told at the next daily run, and a week later what was not rotated is switched off.`}
    </p>
  );
}

/** Null for none; what is no number is left for the server to explain. */
function ruleOf(data: FormData): SecretAgeRule | null {
  const days = textOf(data, "maxDays");
  return days === "" ? null : { maxDays: Number(days), cut: data.get("cut") !== null };
}

/** The server's paths begin with the rule's own name. */
function placed<Refused extends { errors: { path: string }[] }>(refused: Refused): Refused {
  const errors = refused.errors.map((fault) => ({ ...fault, path: fault.path.split(".").at(-1) ?? "" }));
  return { ...refused, errors };
}
