"use client";

import { DAY_MS } from "#core/time.ts";
import type { ActionFailure } from "#domain/errors.ts";
import { dateInputValue, expiresAtOf } from "../keys/expiry.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import type { UnusedActions } from "./actions.ts";
import { unusedText } from "./text.ts";

const text = unusedText.exempt;

interface ExemptFormProps {
  subject: { id: string; name: string };
  /** What the exemption is from. */
  description?: string;
  exempt: UnusedActions["exemptKey"];
  onClose: () => void;
}

/** Exempts a key from a policy, by default the one for unused keys, with a reason and an end date. */
export function ExemptForm({ subject, description = text.description, exempt, onClose }: ExemptFormProps) {
  const in90Days = dateInputValue(Date.now() + 90 * DAY_MS);
  return (
    <Dialog open onClose={onClose} title={text.title(subject.name)} description={description}>
      <ActionForm
        action={async (data) => {
          const until = expiresAtOf({ choice: "date", date: textOf(data, "until"), nowMs: Date.now() });
          if (until === "missing" || until === null) return noDate();
          return exempt({ keyId: subject.id, reason: textOf(data, "reason"), until });
        }}
        onDone={onClose}
      >
        <Field name="reason" label={text.reason} hint={text.reasonHint}>
          <Textarea name="reason" maxLength={500} placeholder={text.reasonExample} />
        </Field>
        <Field name="until" label={text.until} hint={text.untilHint}>
          <Input type="date" min={dateInputValue(Date.now())} defaultValue={in90Days} />
        </Field>
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <SubmitButton>{text.submit}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}

function noDate(): ActionFailure {
  const message = text.noDate;
  return { ok: false, code: "invalid", message, errors: [{ path: "until", message }] };
}
