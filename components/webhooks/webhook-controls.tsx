"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { EventKind } from "#core/events.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { Webhook, WebhookWithSecret } from "#domain/notifications/webhooks/schema.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { Button } from "../ui/button.tsx";
import type { KindWords } from "./kind-fields.tsx";
import { webhooksText as text, webhookSnippets } from "./text.ts";

const dialogs = () => import("./webhook-form.tsx");
const WebhookForm = dynamic(() => dialogs().then((module) => module.WebhookForm<Webhook>), { ssr: false });
const SecretOnce = dynamic(() => dialogs().then((module) => module.SecretOnce), { ssr: false });

type Ref = { projectId: string; webhookId: string };
type ChosenKinds = Exclude<EventKind, "webhook.test">[];

export interface WebhookActions {
  update: (
    input: Ref & { url?: string; kinds?: ChosenKinds; enabled?: boolean },
  ) => Promise<ActionResult<Webhook>>;
  rotate: (input: Ref, key: string) => Promise<ActionResult<WebhookWithSecret>>;
  remove: (input: Ref) => Promise<ActionResult<undefined>>;
  sendTest: (input: Ref) => Promise<ActionResult<unknown>>;
}

interface WebhookControlsProps {
  subject: Webhook;
  kinds: KindWords;
  actions: WebhookActions;
}

/** The actions of a webhook. Also shows a new signing secret once. */
export function WebhookControls({ subject, kinds, actions }: WebhookControlsProps) {
  const router = useRouter();
  const [editing, setEditing] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const ref = { projectId: subject.projectId, webhookId: subject.id };
  return (
    <>
      {subject.enabled ? (
        <ActionButton variant="primary" action={actions.sendTest.bind(null, ref)}>
          {text.sendTest}
        </ActionButton>
      ) : null}
      <Button aria-haspopup="dialog" onClick={() => setEditing(true)}>
        {text.edit}
      </Button>
      <ConfirmButton
        label={text.rotate.label}
        title={text.rotate.title}
        confirm={text.rotate.confirm}
        harmless
        attempt={{ form: "webhook-secret", subject: subject.id }}
        action={(_, key) => actions.rotate(ref, key)}
        onDone={({ secret: fresh }) => setSecret(fresh)}
      >
        <p>{text.rotate.effect}</p>
      </ConfirmButton>
      <ActionButton action={actions.update.bind(null, { ...ref, enabled: !subject.enabled })}>
        {subject.enabled ? text.disable : text.enable}
      </ActionButton>
      <ConfirmButton
        variant="danger"
        label={text.remove.label}
        title={text.remove.title}
        confirm={text.remove.confirm}
        action={() => actions.remove(ref)}
        goTo={`/projects/${subject.projectId}/webhooks`}
      >
        <p>{text.remove.effect}</p>
      </ConfirmButton>
      {editing ? (
        <WebhookForm
          subject={subject}
          kinds={kinds}
          save={({ url, kinds: chosen }) => actions.update({ ...ref, url, kinds: chosen as ChosenKinds })}
          onSaved={() => setEditing(false)}
          onClose={() => setEditing(false)}
        />
      ) : null}
      {secret ? (
        <SecretOnce
          secret={secret}
          noun={text.secret.noun}
          hashed={false}
          title={text.secret.rotatedTitle}
          consequence={text.secret.rotatedConsequence}
          snippets={webhookSnippets(secret)}
          onDone={() => {
            setSecret(null);
            router.refresh();
          }}
        />
      ) : null}
    </>
  );
}
