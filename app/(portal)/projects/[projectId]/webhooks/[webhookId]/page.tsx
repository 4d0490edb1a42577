import type { Metadata } from "next";
import { StatusDot } from "#components/ui/badge.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { webhookState, webhooksHref } from "#components/webhooks/state.ts";
import { webhooksText as text } from "#components/webhooks/text.ts";
import { WebhookDetails } from "#components/webhooks/webhook-details.tsx";
import { EVENT_LABELS } from "#domain/notifications/event-labels.ts";
import { getWebhook, listDeliveries } from "#domain/notifications/webhooks/list.ts";
import { type PageSearch, readForPage, searchOf } from "#server/page.ts";
import { projectOf } from "../../project.ts";
import {
  deleteWebhook,
  replayDelivery,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
} from "../actions.ts";

export const metadata: Metadata = { title: text.pageTitle };

interface WebhookPageProps {
  params: Promise<{ projectId: string; webhookId: string }>;
  searchParams: PageSearch;
}

/** A webhook and its deliveries. */
export default async function WebhookPage({ params, searchParams }: WebhookPageProps) {
  const { projectId, webhookId } = await params;
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const [project, webhook, log] = await Promise.all([
    projectOf(projectId),
    readForPage(getWebhook, { projectId, webhookId }),
    readForPage(listDeliveries, { projectId, webhookId, cursor, limit: 25 }),
  ]);
  const { tone, word } = webhookState(webhook);
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[
          { label: project.name, href: `/projects/${projectId}` },
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
          update: updateWebhook,
          rotate: rotateWebhookSecret,
          remove: deleteWebhook,
          sendTest: testWebhook,
        }}
        replay={(deliveryId) => replayDelivery.bind(null, { projectId, webhookId, deliveryId })}
      />
    </div>
  );
}
