import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { NewWebhook } from "#components/webhooks/new-webhook.tsx";
import { webhooksText as text } from "#components/webhooks/text.ts";
import { WebhookList } from "#components/webhooks/webhook-list.tsx";
import { EVENT_LABELS } from "#domain/notifications/event-labels.ts";
import { listSiteWebhooks } from "#domain/notifications/webhooks/site.ts";
import { readForPage } from "#server/page.ts";
import { createSiteWebhook } from "./actions.ts";

export const metadata: Metadata = { title: text.title };

/** The webhooks that receive the events of all projects. */
export default async function SiteWebhooksPage() {
  const { items } = await readForPage(listSiteWebhooks, {});
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: uiText.admin, href: "/admin" }]}
        title={text.title}
        facts={text.siteFacts}
        actions={<NewLink>{text.new}</NewLink>}
      />
      <Card flush>
        {items.length > 0 ? (
          <WebhookList webhooks={items} />
        ) : (
          <EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>
        )}
      </Card>
      <NewWebhook projectId={null} kinds={Object.entries(EVENT_LABELS)} create={createSiteWebhook} />
    </div>
  );
}
