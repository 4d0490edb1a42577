"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import type { Webhook, WebhookWithSecret } from "#domain/notifications/webhooks/schema.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { ConfirmButton } from "../forms/confirm-button.tsx";
import { Button } from "../ui/button.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { preloadOn } from "../ui/preload.ts";
import type { ChosenKinds, KindLabels } from "./kind-fields.tsx";
import { webhooksHref } from "./state.ts";
import { webhooksText as text, webhookSnippets } from "./text.ts";

const dialogs = () => import("./webhook-form.tsx");
const WebhookForm = lazyInBrowser(() => dialogs().then((module) => module.WebhookForm<Webhook>));
const SecretOnce = lazyInBrowser(() => dialogs().then((module) => module.SecretOnce));

/** `Owner`: the id of the project, or null for a webhook of the site. */
type Ref<Owner> = { projectId: Owner; webhookId: string };

export interface WebhookActions<Owner> {
  update: (
    input: Ref<Owner> & { url?: string; kinds?: ChosenKinds; enabled?: boolean },
  ) => Promise<ActionResult<Webhook>>;
  rotate: (input: Ref<Owner>, key: string) => Promise<ActionResult<WebhookWithSecret>>;
  remove: (input: Ref<Owner>) => Promise<ActionResult<undefined>>;
  sendTest: (input: Ref<Owner>) => Promise<ActionResult<unknown>>;
}

interface WebhookControlsProps<Owner> {
  projectId: Owner;
  subject: Webhook;
  kinds: KindLabels;
  actions: WebhookActions<Owner>;
}

/** The actions of a webhook. Also shows a new signing secret once. */
export function WebhookControls<Owner extends string | null>({
  projectId,
  subject,
  kinds,
  actions,
}: WebhookControlsProps<Owner>) {
  const router = useRouter();
  const [editing, setEditing] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const ref = { projectId, webhookId: subject.id };
  return (
    <>
      {subject.enabled ? (
        <ActionButton variant="primary" action={actions.sendTest.bind(null, ref)}>
          {text.sendTest}
        </ActionButton>
      ) : null}
      <Button {...preloadOn(dialogs)} aria-haspopup="dialog" onClick={() => setEditing(true)}>
        {text.edit}
      </Button>
      {subject.format === "signed" ? (
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
      ) : null}
      <ActionButton action={actions.update.bind(null, { ...ref, enabled: !subject.enabled })}>
        {subject.enabled ? text.disable : text.enable}
      </ActionButton>
      <ConfirmButton
        variant="danger"
        label={text.remove.label}
        title={text.remove.title}
        confirm={text.remove.confirm}
        action={() => actions.remove(ref)}
        goTo={webhooksHref(projectId)}
      >
        <p>{text.remove.effect}</p>
      </ConfirmButton>
      {editing ? (
        <WebhookForm
          subject={subject}
          kinds={kinds}
          save={({ url, kinds: chosen }) =>
            actions.update({ ...ref, ...(url !== "" && { url }), kinds: chosen })
          }
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
