"use client";

import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import type { Webhook } from "#domain/notifications/webhooks/schema.ts";
import type { AttemptOf } from "../ui/attempt.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field, FieldGroup } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { SegmentedRadios } from "../ui/segmented.tsx";
import { uiText } from "../ui/text.ts";
import { type ChosenKinds, KindFields, type KindLabels, kindsOf, noKindSelected } from "./kind-fields.tsx";
import { webhooksText } from "./text.ts";

/** In this module, so that they load together: a new secret must not wait for code that may fail to load. */
export { SecretOnce } from "../secret/secret-once.tsx";

const text = webhooksText.form;

interface WebhookFields extends Pick<Webhook, "url" | "format"> {
  kinds: ChosenKinds;
}

const FORMATS = [
  { value: "signed", label: webhooksText.formats.signed },
  { value: "slack", label: webhooksText.formats.slack },
];

interface WebhookFormProps<Value> {
  /** The webhook to edit; null for a new one. */
  subject: Pick<Webhook, "url" | "kinds" | "format"> | null;
  kinds: KindLabels;
  /** For a new one. */
  attempt?: AttemptOf;
  save: (fields: WebhookFields, key: string) => Promise<ActionResult<Value>>;
  onSaved: (value: Value) => void;
  onClose: () => void;
}

/** The URL and the events of a webhook. */
export function WebhookForm<Value>({
  subject,
  kinds,
  attempt,
  save,
  onSaved,
  onClose,
}: WebhookFormProps<Value>) {
  const [format, setFormat] = useState<Webhook["format"]>(subject?.format ?? "signed");
  const isSecret = format === "slack";
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={subject ? text.editTitle : text.newTitle}
      description={text.descriptions[format]}
    >
      <ActionForm
        attempt={attempt}
        action={async (data, key) => {
          const chosen = kindsOf(data);
          const fields = { url: textOf(data, "url"), kinds: chosen ?? [], format };
          return chosen === null ? noKindSelected() : save(fields, key);
        }}
        onDone={onSaved}
      >
        {subject ? null : (
          <FieldGroup name="format" legend={text.format}>
            <SegmentedRadios
              name="format"
              defaultValue={format}
              options={FORMATS}
              onChange={(value) => setFormat(value === "slack" ? "slack" : "signed")}
            />
          </FieldGroup>
        )}
        {/* The URL of the format `slack` is a secret, and not shown again. */}
        <Field
          name="url"
          label={text.url}
          hint={text.urlHints[format]}
          optional={isSecret && subject !== null}
        >
          <Input
            mono
            type="url"
            autoComplete="off"
            placeholder={isSecret ? (subject?.url ?? text.slackPlaceholder) : text.placeholder}
            defaultValue={isSecret ? undefined : subject?.url}
          />
        </Field>
        <KindFields kinds={kinds} chosen={subject?.kinds ?? []} />
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <SubmitButton>{subject ? uiText.save : text.create}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}
