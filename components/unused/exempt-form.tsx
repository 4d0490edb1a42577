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

/** Why a key may stay unused, and until when. */
export function ExemptForm({ subject, exempt, onClose }: ExemptFormProps) {
  const in90Days = dateInputValue(Date.now() + 90 * DAY_MS);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Leave ${subject.name} alone`}
      description="The rule for unused keys and «choose all» pass it by until then."
    >
      <ActionForm
        action={async (data) => {
          const until = expiresAtOf({ choice: "date", date: textOf(data, "until"), nowMs: Date.now() });
          if (until === "missing" || until === null) return noDate();
          return exempt({ keyId: subject.id, reason: textOf(data, "reason"), until });
        }}
        onDone={onClose}
      >
        <Field name="reason" label="Reason" hint="What it waits for, for whoever looks next.">
          <Textarea name="reason" maxLength={500} placeholder="Runs once a year, for the annual report" />
        </Field>
        <Field name="until" label="Until" hint="A year at most.">
          <Input type="date" min={dateInputValue(Date.now())} defaultValue={in90Days} />
        </Field>
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton>Leave it alone</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}

function noDate(): ActionFailure {
  const message = "Choose a date.";
  return { ok: false, code: "invalid", message, errors: [{ path: "until", message }] };
}
