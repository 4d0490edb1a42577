"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ActionResult } from "#domain/errors.ts";
import type { Webhook, WebhookWithSecret } from "#domain/notifications/webhooks/schema.ts";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { useNewDialog } from "../ui/use-new-dialog.ts";
import type { ChosenKinds, KindLabels } from "./kind-fields.tsx";
import { webhookHref } from "./state.ts";
import { webhooksText as text, webhookSnippets } from "./text.ts";

const dialogs = () => import("./webhook-form.tsx");
const WebhookForm = lazyInBrowser(() => dialogs().then((module) => module.WebhookForm<WebhookWithSecret>));
const SecretOnce = lazyInBrowser(() => dialogs().then((module) => module.SecretOnce));

export interface NewWebhookProps<Owner> {
  /** The project that it belongs to; null for the site. */
  projectId: Owner;
  kinds: KindLabels;
  create: (
    input: { projectId: Owner; url: string; kinds: ChosenKinds; format: Webhook["format"] },
    key: string,
  ) => Promise<ActionResult<WebhookWithSecret>>;
}

/** The dialogs that create a webhook and show its signing secret once, if it has one. */
export function NewWebhook<Owner extends string | null>({
  projectId,
  kinds,
  create,
}: NewWebhookProps<Owner>) {
  const router = useRouter();
  const { open, hide } = useNewDialog(dialogs);
  const [created, setCreated] = useState<{ secret: string; href: string } | null>(null);
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
          router.replace(created.href);
        }}
      />
    );
  }
  if (!open) return null;
  return (
    <WebhookForm
      subject={null}
      kinds={kinds}
      attempt={{ form: "webhook", subject: projectId ?? "site" }}
      save={({ url, kinds: chosen, format }, key) => create({ projectId, url, kinds: chosen, format }, key)}
      onSaved={({ webhook, secret }) => {
        const href = webhookHref(webhook);
        hide();
        if (secret === null) router.replace(href);
        else setCreated({ secret, href });
      }}
      onClose={hide}
    />
  );
}
