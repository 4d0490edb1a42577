import type { Metadata } from "next";
import { uiText } from "#components/ui/text.ts";
import { webhooksText as text } from "#components/webhooks/text.ts";
import { WebhookListPage } from "#components/webhooks/webhook-pages.tsx";
import { EVENT_LABELS } from "#domain/notifications/event-labels.ts";
import { listSiteWebhooks } from "#domain/notifications/webhooks/site.ts";
import { readForPage } from "#server/page.ts";
import { createSiteWebhook } from "./actions.ts";

export const metadata: Metadata = { title: text.title };

/** The webhooks that receive the events of all projects. */
export default async function SiteWebhooksPage() {
  const { items } = await readForPage(listSiteWebhooks, {});
  return (
    <WebhookListPage
      projectId={null}
      parent={{ label: uiText.admin, href: "/admin" }}
      kinds={Object.entries(EVENT_LABELS)}
      webhooks={items}
      create={createSiteWebhook}
    />
  );
}
