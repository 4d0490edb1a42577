"use client";

import type { ActionResult } from "#domain/errors.ts";
import type { Webhook } from "#domain/notifications/webhooks/schema.ts";
import type { AttemptOf } from "../ui/attempt.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { KindFields, type KindWords, kindsOf, noKindSelected } from "./kind-fields.tsx";
import { webhooksText } from "./text.ts";

/** In this module, so that they load together: a new secret must not wait for code that may fail to load. */
export { SecretOnce } from "../secret/secret-once.tsx";

const text = webhooksText.form;

interface WebhookFormProps<Value> {
  /** The webhook to edit; null for a new one. */
  subject: Pick<Webhook, "url" | "kinds"> | null;
  kinds: KindWords;
  /** For a new one. */
  attempt?: AttemptOf;
  save: (fields: Pick<Webhook, "url" | "kinds">, key: string) => Promise<ActionResult<Value>>;
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
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={subject ? text.editTitle : text.newTitle}
      description={text.description}
    >
      <ActionForm
        attempt={attempt}
        action={async (data, key) => {
          const chosen = kindsOf(data);
          return chosen === null ? noKindSelected() : save({ url: textOf(data, "url"), kinds: chosen }, key);
        }}
        onDone={onSaved}
      >
        <Field name="url" label={text.url} hint={text.urlHint}>
          <Input
            mono
            type="url"
            autoComplete="off"
            placeholder="https://example.com/hooks/keys"
            defaultValue={subject?.url}
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
