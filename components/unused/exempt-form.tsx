"use client";

import type { ActionFailure } from "#domain/errors.ts";
import { dateInputValue, expiresAtOf } from "../keys/expiry.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import type { UnusedActions } from "./actions.ts";

const DAY_MS = 86_400_000;

interface ExemptFormProps {
  subject: { id: string; name: string };
  exempt: UnusedActions["exemptKey"];
  onClose: () => void;
}

/** Exempts a key from the policy for unused keys, with a reason and an end date. */
export function ExemptForm({ subject, exempt, onClose }: ExemptFormProps) {
  const in90Days = dateInputValue(Date.now() + 90 * DAY_MS);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Exempt ${subject.name}`}
      description="Until then, the policy for unused keys and “Select all” skip this key."
    >
      <ActionForm
        action={async (data) => {
          const until = expiresAtOf({ choice: "date", date: textOf(data, "until"), nowMs: Date.now() });
          if (until === "missing" || until === null) return noDate();
          return exempt({ keyId: subject.id, reason: textOf(data, "reason"), until });
        }}
        onDone={onClose}
      >
        <Field name="reason" label="Reason" hint="Shown to other administrators.">
          <Textarea name="reason" maxLength={500} placeholder="Runs once a year, for the annual report" />
        </Field>
        <Field name="until" label="Until" hint="At most a year from now.">
          <Input type="date" min={dateInputValue(Date.now())} defaultValue={in90Days} />
        </Field>
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton>Exempt key</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}

function noDate(): ActionFailure {
  const message = "Choose a date.";
  return { ok: false, code: "invalid", message, errors: [{ path: "until", message }] };
}
