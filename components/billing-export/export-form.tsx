"use client";

import { useState } from "react";
import type { BillingExport } from "#domain/billing/export/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormActions, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input, Select } from "../ui/input.tsx";
import { uiText } from "../ui/text.ts";
import { billingExportText } from "./text.ts";

const { form: text, adapters } = billingExportText;

export interface ExportFields {
  name: string;
  url?: string;
  eventName?: string;
  secret?: string;
}

export interface NewExportFields extends ExportFields {
  adapter: BillingExport["adapter"];
  from?: string;
}

interface ExportFormProps {
  /** The export to edit; null for a new one. */
  subject: BillingExport | null;
  save: (fields: NewExportFields) => Promise<ActionResult<BillingExport>>;
  onSaved: (saved: BillingExport) => void;
  onClose: () => void;
}

/** Receiver, URL, name of the events and API key of an export. */
export function ExportForm({ subject, save, onSaved, onClose }: ExportFormProps) {
  const [adapter, setAdapter] = useState<BillingExport["adapter"]>(subject?.adapter ?? "cloudevents");
  return (
    <Dialog
      open
      onClose={onClose}
      title={subject ? text.editTitle : text.newTitle}
      description={text.description}
    >
      <ActionForm action={(data) => save(fieldsOf(data, adapter))} onDone={onSaved}>
        <Field name="name" label={text.name}>
          <Input maxLength={100} autoComplete="off" defaultValue={subject?.name} />
        </Field>
        {subject === null ? (
          <Field name="adapter" label={text.adapter}>
            <Select
              name="adapter"
              value={adapter}
              onChange={(event) => setAdapter(event.target.value as BillingExport["adapter"])}
              className="w-full"
            >
              {Object.entries(adapters).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
        <Field name="url" label={text.url} hint={text.urlHint[adapter]} optional={adapter !== "cloudevents"}>
          <Input mono type="url" maxLength={2_000} autoComplete="off" defaultValue={subject?.url} />
        </Field>
        <Field name="eventName" label={text.eventName[adapter]}>
          <Input
            mono
            maxLength={100}
            autoComplete="off"
            defaultValue={subject?.eventName ?? "latchkey.usage"}
          />
        </Field>
        <Field
          name="secret"
          label={text.secret}
          hint={subject?.hasSecret ? text.keepSecret : text.secretHint}
          optional={adapter === "cloudevents" || subject !== null}
        >
          <Input mono type="password" maxLength={1_000} autoComplete="off" />
        </Field>
        {subject === null ? (
          <Field name="from" label={text.from} hint={text.fromHint} optional>
            <Input type="datetime-local" step={3_600} />
          </Field>
        ) : null}
        <FormMessage />
        <FormActions>
          <Button onClick={onClose}>{uiText.cancel}</Button>
          <SubmitButton>{subject ? uiText.save : text.create}</SubmitButton>
        </FormActions>
      </ActionForm>
    </Dialog>
  );
}

function fieldsOf(data: FormData, adapter: BillingExport["adapter"]): NewExportFields {
  const [url, eventName, secret, from] = ["url", "eventName", "secret", "from"].map((name) =>
    textOf(data, name),
  );
  return {
    name: textOf(data, "name"),
    adapter,
    ...(url && { url }),
    ...(eventName && { eventName }),
    ...(secret && { secret }),
    ...(from && { from: utcHour(from) }),
  };
}

/** The value of a `datetime-local` field, read as UTC. */
function utcHour(value: string): string {
  return value === "" ? "" : `${value.slice(0, 16)}:00Z`;
}
