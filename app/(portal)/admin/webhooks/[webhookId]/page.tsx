import type { Metadata } from "next";
import { cache } from "react";
import { uiText } from "#components/ui/text.ts";
import { webhookName } from "#components/webhooks/state.ts";
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

interface SiteWebhookPageProps {
  params: Promise<{ webhookId: string }>;
  searchParams: PageSearch;
}

const webhookOf = cache((webhookId: string) => readForPage(getSiteWebhook, { webhookId }));

export async function generateMetadata({ params }: SiteWebhookPageProps): Promise<Metadata> {
  return { title: webhookName(await webhookOf((await params).webhookId)) };
}

/** A webhook of the site and its deliveries. */
export default async function SiteWebhookPage({ params, searchParams }: SiteWebhookPageProps) {
  const { webhookId } = await params;
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const [webhook, log] = await Promise.all([
    webhookOf(webhookId),
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
