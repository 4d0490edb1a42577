import type { Metadata } from "next";
import { StatusDot } from "#components/ui/badge.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { uiText } from "#components/ui/text.ts";
import { webhookState, webhooksHref } from "#components/webhooks/state.ts";
import { webhooksText as text } from "#components/webhooks/text.ts";
import { WebhookDetails } from "#components/webhooks/webhook-details.tsx";
import { EVENT_LABELS } from "#domain/notifications/event-labels.ts";
import { getSiteWebhook, listSiteDeliveries } from "#domain/notifications/webhooks/site.ts";
import { type PageSearch, readForPage, searchOf } from "#server/page.ts";
import {
  deleteSiteWebhook,
  replaySiteDelivery,
  rotateSiteWebhookSecret,
  testSiteWebhook,
  updateSiteWebhook,
} from "../actions.ts";

export const metadata: Metadata = { title: text.pageTitle };

interface WebhookPageProps {
  params: Promise<{ webhookId: string }>;
  searchParams: PageSearch;
}

/** A webhook of the site and its deliveries. */
export default async function SiteWebhookPage({ params, searchParams }: WebhookPageProps) {
  const { webhookId } = await params;
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const projectId = null;
  const [webhook, log] = await Promise.all([
    readForPage(getSiteWebhook, { webhookId }),
    readForPage(listSiteDeliveries, { webhookId, cursor, limit: 25 }),
  ]);
  const { tone, word } = webhookState(webhook);
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[
          { label: uiText.admin, href: "/admin" },
          { label: text.title, href: webhooksHref(projectId) },
        ]}
        title={new URL(webhook.url).host}
        badges={<StatusDot tone={tone}>{word}</StatusDot>}
        facts={<span className="font-mono text-sm break-all">{webhook.url}</span>}
      />
      <WebhookDetails
        projectId={projectId}
        webhook={webhook}
        kinds={Object.entries(EVENT_LABELS)}
        log={log}
        cursor={cursor}
        actions={{
          update: updateSiteWebhook,
          rotate: rotateSiteWebhookSecret,
          remove: deleteSiteWebhook,
          sendTest: testSiteWebhook,
        }}
        replay={(deliveryId) => replaySiteDelivery.bind(null, { projectId, webhookId, deliveryId })}
      />
    </div>
  );
}
