"use client";

import { type ReactNode, useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import type { Key } from "#domain/keys/schema.ts";
import { Button } from "../ui/button.tsx";
import { Card, Section } from "../ui/card.tsx";
import { Field } from "../ui/field.tsx";
import { ActionForm, FormMessage, SubmitButton, textOf } from "../ui/form.tsx";
import { Input } from "../ui/input.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { preloadOn } from "../ui/preload.ts";
import { useDialogParam } from "../ui/use-url-state.ts";
import type { RowActions } from "./actions.ts";
import { DetailFields, detailsOf } from "./detail-fields.tsx";
import { ExpiryFields, withExpiry } from "./expiry-field.tsx";
import { keySettingsText } from "./settings-text.ts";

const text = keySettingsText.settings;

const loadDeactivateDialog = () => import("./deactivate-dialog.tsx");
const DeactivateKeyDialog = lazyInBrowser(() =>
  loadDeactivateDialog().then((module) => module.DeactivateKeyDialog),
);

interface KeySettingsProps {
  subject: Key;
  actions: RowActions;
  /** Whether stopping the key can be undone from the message: not if a secret of it was found in public. */
  canUndo: boolean;
}

/** The settings of a key that is not revoked, with the danger zone at the bottom. */
export function KeySettings({ subject, actions, canUndo }: KeySettingsProps) {
  const ref = { projectId: subject.projectId, keyId: subject.id };
  const { open, show, hide } = useDialogParam(["revoke", "disable"]);
  const stopping = open === "disable" && subject.status === "disabled" ? null : open;
  return (
    <div className="grid max-w-2xl gap-8">
      <Section title={text.name} description={text.nameDescription}>
        <SavedForm action={(data) => actions.update({ ...ref, name: textOf(data, "name") })}>
          <Field name="name" label={text.name} hideLabel className="flex-1">
            <Input defaultValue={subject.name} autoComplete="off" />
          </Field>
        </SavedForm>
      </Section>
      <Section title={text.details} description={text.detailsDescription}>
        <SavedForm action={(data) => actions.update({ ...ref, ...detailsOf(data) })}>
          <DetailFields current={subject} />
        </SavedForm>
      </Section>
      <Section title={text.expiry} description={text.expiryDescription}>
        <SavedForm
          action={(data) =>
            withExpiry(data, (expiresAt) => actions.update({ ...ref, expiresAt }), subject.expiresAt)
          }
        >
          <ExpiryFields current={subject.expiresAt} />
        </SavedForm>
      </Section>
      <section className="grid gap-3">
        <h2 className="text-lg font-semibold">{text.dangerZone}</h2>
        <Card flush className="divide-y divide-border border-bad/40">
          {subject.status === "disabled" ? null : (
            <DangerRow
              title={text.disable}
              description={text.disableDescription}
              button={text.disableAction}
              onClick={() => show("disable")}
            />
          )}
          <DangerRow
            title={text.revoke}
            description={text.revokeDescription}
            button={text.revokeAction}
            danger
            onClick={() => show("revoke")}
          />
        </Card>
      </section>
      {stopping ? (
        <DeactivateKeyDialog
          open
          kind={stopping}
          subject={subject}
          actions={actions}
          canUndo={canUndo}
          onClose={hide}
          onDone={hide}
        />
      ) : null}
    </div>
  );
}

interface SavedFormProps {
  action: (data: FormData) => Promise<ActionResult<Key>>;
  children: ReactNode;
}

/** A form that shows when it was saved. */
function SavedForm({ action, children }: SavedFormProps) {
  const [saved, setSaved] = useState(false);
  return (
    <Card>
      <ActionForm action={action} onDone={() => setSaved(true)} className="gap-4">
        <div onInput={() => setSaved(false)}>{children}</div>
        <FormMessage />
        <div className="flex items-center gap-3">
          <SubmitButton variant="secondary">{text.save}</SubmitButton>
          <p role="status" className="text-sm text-muted">
            {saved ? text.saved : null}
          </p>
        </div>
      </ActionForm>
    </Card>
  );
}

interface DangerRowProps {
  title: string;
  description: string;
  button: string;
  danger?: boolean;
  onClick: () => void;
}

function DangerRow({ title, description, button, danger, onClick }: DangerRowProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-4">
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="font-medium">{title}</h3>
        <p className="text-sm text-muted">{description}</p>
      </div>
      <Button
        {...preloadOn(loadDeactivateDialog)}
        variant={danger ? "danger" : "secondary"}
        onClick={onClick}
      >
        {button}
      </Button>
    </div>
  );
}
