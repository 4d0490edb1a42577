"use client";

import { useState } from "react";
import type { BillingExport } from "#domain/billing/export/schema.ts";
import type { ActionResult } from "#domain/errors.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { preloadOn } from "../ui/preload.ts";
import type { ExportFields } from "./export-form.tsx";
import { billingExportText as text } from "./text.ts";

const load = () => import("./export-form.tsx");
const ExportForm = lazyInBrowser(() => load().then((module) => module.ExportForm));

type Ref = { exportId: string };

interface ExportControlsProps {
  subject: BillingExport;
  actions: {
    update: (
      input: Ref & Partial<ExportFields> & { enabled?: boolean },
    ) => Promise<ActionResult<BillingExport>>;
    replay: (input: Ref & { from: string }) => Promise<ActionResult<BillingExport>>;
    sendTest: (input: Ref) => Promise<ActionResult<BillingExport>>;
    remove: (input: Ref) => Promise<ActionResult<undefined>>;
  };
}

/** The actions of an export. */
export function ExportControls({ subject, actions }: ExportControlsProps) {
  const [editing, setEditing] = useState(false);
  const ref = { exportId: subject.id };
  return (
    <>
      <ActionButton variant="primary" action={actions.sendTest.bind(null, ref)}>
        {text.sendTest}
      </ActionButton>
      <Button {...preloadOn(load)} aria-haspopup="dialog" onClick={() => setEditing(true)}>
        {text.edit}
      </Button>
      <ActionButton action={actions.update.bind(null, { ...ref, enabled: !subject.enabled })}>
        {subject.enabled ? text.pause : text.resume}
      </ActionButton>
      <ConfirmButton
        label={text.replay.label}
        title={text.replay.title}
        confirm={text.replay.confirm}
        harmless
        fields={
          <Field name="from" label={text.replay.from} hint={text.replay.fromHint}>
            <Input type="datetime-local" step={3_600} />
          </Field>
        }
        action={(data) => actions.replay({ ...ref, from: hourIn(data) })}
      >
        <p>{text.replay.effect}</p>
        {subject.adapter === "stripe" ? <p>{text.replay.stripe}</p> : null}
      </ConfirmButton>
      <ConfirmButton
        variant="danger"
        label={text.remove.label}
        title={text.remove.title(subject.name)}
        confirm={text.remove.confirm}
        action={() => actions.remove(ref)}
        goTo="/admin/billing-exports"
      >
        <p>{text.remove.effect}</p>
      </ConfirmButton>
      {editing ? (
        <ExportForm
          subject={subject}
          save={({ adapter: _, from: __, ...fields }) => actions.update({ ...ref, ...fields })}
          onSaved={() => setEditing(false)}
          onClose={() => setEditing(false)}
        />
      ) : null}
    </>
  );
}

/** A `datetime-local` value, read as UTC. */
function hourIn(data: FormData): string {
  const value = textOf(data, "from");
  return value === "" ? "" : `${value.slice(0, 16)}:00Z`;
}
