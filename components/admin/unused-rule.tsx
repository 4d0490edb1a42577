"use client";

import { useState } from "react";
import type { Policies, UnusedKeysRule } from "#domain/access/policies/types.ts";
import type { UnusedDryRun } from "#domain/keys/lifecycle/daily/dry-run.ts";
import type { ActionResult } from "#domain/result.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { UnusedDryRunTable } from "./unused-dry-run.tsx";

interface UnusedRuleProps {
  rule: UnusedKeysRule;
  set: (input: { unusedKeys: UnusedKeysRule }) => Promise<ActionResult<Policies>>;
  tryOut: (input: { rule: UnusedKeysRule }) => Promise<ActionResult<UnusedDryRun>>;
}

const STEPS = [
  {
    name: "warnDays",
    label: "Tell the owners after",
    hint: "Once for each key, and a week before more is done to it.",
  },
  { name: "disableDays", label: "Switch off after", hint: "Only an administrator can enable it again." },
  { name: "revokeDays", label: "Revoke after", hint: "An administrator can restore it for 30 days." },
] as const;

/** The standing rule for unused keys: each step is optional, and none is taken before its dry run was seen. */
export function UnusedRule({ rule, set, tryOut }: UnusedRuleProps) {
  /** The rule that was tried out, and what it would do; null once something is typed. */
  const [tried, setTried] = useState<{ rule: UnusedKeysRule; run: UnusedDryRun } | null>(null);
  const [saved, setSaved] = useState(false);
  const changed = () => {
    setTried(null);
    setSaved(false);
  };
  return (
    <ActionForm
      className="gap-4"
      action={async (data): Promise<ActionResult<UnusedDryRun | null>> => {
        const draft = ruleOf(data);
        if (tried === null) {
          const result = await tryOut({ rule: draft });
          if (result.ok) setTried({ rule: draft, run: result.value });
          return result.ok ? result : { ...result, errors: placed(result.errors) };
        }
        const result = await set({ unusedKeys: tried.rule });
        return result.ok ? { ok: true, value: null } : { ...result, errors: placed(result.errors) };
      }}
      onDone={(run) => {
        if (run !== null) return;
        setTried(null);
        setSaved(true);
      }}
    >
      <div className="grid gap-4 sm:grid-cols-3" onInput={changed}>
        {STEPS.map(({ name, label, hint }) => (
          <Field key={name} name={name} label={label} hint={hint}>
            <span className="flex items-center gap-2">
              <Input inputMode="numeric" defaultValue={rule[name]?.toString() ?? ""} placeholder="never" />
              <span className="text-muted">days</span>
            </span>
          </Field>
        ))}
      </div>
      {tried ? <UnusedDryRunTable run={tried.run} /> : null}
      <FormMessage />
      <FormActions>
        <p role="status" className="mr-auto text-sm text-muted">
          {saved ? "Saved. It is done once a day." : null}
        </p>
        {tried ? <Button onClick={changed}>Change it</Button> : null}
        <SubmitButton variant={tried ? "primary" : "secondary"}>
          {tried ? "Put it in force" : "Show what it would do today"}
        </SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** Empty for never; what is no number is left for the server to explain. */
function ruleOf(data: FormData): UnusedKeysRule {
  const days = (name: string) => {
    const text = textOf(data, name);
    return text === "" ? null : Number(text);
  };
  return { warnDays: days("warnDays"), disableDays: days("disableDays"), revokeDays: days("revokeDays") };
}

/** The server's paths begin with the rule's own name. */
function placed<Fault extends { path: string }>(errors: Fault[]): Fault[] {
  return errors.map((fault) => ({ ...fault, path: fault.path.split(".").at(-1) ?? fault.path }));
}
