import type { Metadata } from "next";
import { uiText } from "#components/ui/text.ts";
import { webhooksText as text } from "#components/webhooks/text.ts";
import { WebhookPage } from "#components/webhooks/webhook-pages.tsx";
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

interface SiteWebhookPageProps {
  params: Promise<{ webhookId: string }>;
  searchParams: PageSearch;
}

/** A webhook of the site and its deliveries. */
export default async function SiteWebhookPage({ params, searchParams }: SiteWebhookPageProps) {
  const { webhookId } = await params;
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const [webhook, log] = await Promise.all([
    readForPage(getSiteWebhook, { webhookId }),
    readForPage(listSiteDeliveries, { webhookId, cursor, limit: 25 }),
  ]);
  return (
    <WebhookPage
      projectId={null}
      parent={{ label: uiText.admin, href: "/admin" }}
      kinds={Object.entries(EVENT_LABELS)}
      webhook={webhook}
      log={log}
      cursor={cursor}
      actions={{
        update: updateSiteWebhook,
        rotate: rotateSiteWebhookSecret,
        remove: deleteSiteWebhook,
        sendTest: testSiteWebhook,
        replay: replaySiteDelivery,
      }}
    />
  );
}
