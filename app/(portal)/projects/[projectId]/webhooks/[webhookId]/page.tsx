import type { Metadata } from "next";
import { StatusDot } from "#components/ui/badge.tsx";
import { Card, Fact, Facts, Section } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Refresher } from "#components/ui/refresher.tsx";
import { DateTime, RelativeTime } from "#components/ui/time.tsx";
import { DeliveryTable } from "#components/webhooks/delivery-table.tsx";
import { webhookState } from "#components/webhooks/state.ts";
import { webhooksText as text } from "#components/webhooks/text.ts";
import { WebhookControls } from "#components/webhooks/webhook-controls.tsx";
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
  const base = `/projects/${projectId}/webhooks/${webhookId}`;
  const { tone, word } = webhookState(webhook);
  return (
    <div className="grid gap-6">
      {cursor === undefined ? <Refresher everyMs={5_000} /> : null}
      <PageHeader
        crumbs={[
          { label: project.name, href: `/projects/${projectId}` },
          { label: text.title, href: `/projects/${projectId}/webhooks` },
        ]}
        title={new URL(webhook.url).host}
        badges={<StatusDot tone={tone}>{word}</StatusDot>}
        facts={<span className="font-mono text-sm break-all">{webhook.url}</span>}
      />
      <div className="flex flex-wrap gap-2">
        <WebhookControls
          subject={webhook}
          kinds={Object.entries(EVENT_LABELS)}
          actions={{
            update: updateWebhook,
            rotate: rotateWebhookSecret,
            remove: deleteWebhook,
            sendTest: testWebhook,
          }}
        />
      </div>
      <Card>
        <Facts>
          <Fact label={text.events}>
            {webhook.kinds.length === 0
              ? text.allEvents
              : webhook.kinds.map((kind) => (kind === "webhook.test" ? kind : EVENT_LABELS[kind])).join("; ")}
          </Fact>
          <Fact label={text.created}>
            <DateTime at={webhook.createdAt} />
          </Fact>
          {webhook.olderSecretUntil ? (
            <Fact label={text.previousSecretUntil}>
              <RelativeTime at={webhook.olderSecretUntil} />
            </Fact>
          ) : null}
        </Facts>
      </Card>
      <Section title={text.deliveries.title} description={text.deliveries.description}>
        <DeliveryTable
          deliveries={log.items}
          replay={
            webhook.enabled
              ? (deliveryId) => replayDelivery.bind(null, { projectId, webhookId, deliveryId })
              : null
          }
          pagination={{ noun: text.deliveries.noun, base, cursor, nextCursor: log.nextCursor }}
        />
      </Section>
    </div>
  );
}
