"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { EventKind } from "#core/events.ts";
import type { ActionResult } from "#domain/errors.ts";
import type { WebhookWithSecret } from "#domain/notifications/webhooks/schema.ts";
import { useNewParam } from "../ui/use-url-state.ts";
import type { KindWords } from "./kind-fields.tsx";
import { webhooksText as text, webhookSnippets } from "./text.ts";

const dialogs = () => import("./webhook-form.tsx");
const WebhookForm = dynamic(() => dialogs().then((module) => module.WebhookForm<WebhookWithSecret>), {
  ssr: false,
});
const SecretOnce = dynamic(() => dialogs().then((module) => module.SecretOnce), { ssr: false });

/** `webhook.test` can't be selected: only a requested test sends it. */
type ChosenKinds = Exclude<EventKind, "webhook.test">[];

interface NewWebhookProps {
  projectId: string;
  kinds: KindWords;
  create: (
    input: {
      projectId: string;
      url: string;
      kinds: ChosenKinds;
    },
    key: string,
  ) => Promise<ActionResult<WebhookWithSecret>>;
}

/** The dialogs that create a webhook and show its signing secret once. */
export function NewWebhook({ projectId, kinds, create }: NewWebhookProps) {
  const router = useRouter();
  const { open, hide } = useNewParam();
  const [created, setCreated] = useState<WebhookWithSecret | null>(null);
  if (created) {
    return (
      <SecretOnce
        secret={created.secret}
        noun={text.secret.noun}
        hashed={false}
        title={text.secret.title}
        consequence={text.secret.consequence}
        snippets={webhookSnippets(created.secret)}
        onDone={() => {
          setCreated(null);
          router.replace(`/projects/${projectId}/webhooks/${created.webhook.id}`);
        }}
      />
    );
  }
  if (!open) return null;
  return (
    <WebhookForm
      subject={null}
      kinds={kinds}
      attempt={{ form: "webhook", subject: projectId }}
      save={({ url, kinds: chosen }, key) => create({ projectId, url, kinds: chosen as ChosenKinds }, key)}
      onSaved={(result) => {
        hide();
        setCreated(result);
      }}
      onClose={hide}
    />
  );
}
