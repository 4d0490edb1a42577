import type { Metadata } from "next";
import { webhooksText as text } from "#components/webhooks/text.ts";
import { WebhookPage } from "#components/webhooks/webhook-pages.tsx";
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

interface ProjectWebhookPageProps {
  params: Promise<{ projectId: string; webhookId: string }>;
  searchParams: PageSearch;
}

/** A webhook of a project and its deliveries. */
export default async function ProjectWebhookPage({ params, searchParams }: ProjectWebhookPageProps) {
  const { projectId, webhookId } = await params;
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const [project, webhook, log] = await Promise.all([
    projectOf(projectId),
    readForPage(getWebhook, { projectId, webhookId }),
    readForPage(listDeliveries, { projectId, webhookId, cursor, limit: 25 }),
  ]);
  return (
    <WebhookPage
      projectId={projectId}
      parent={{ label: project.name, href: `/projects/${projectId}` }}
      kinds={Object.entries(EVENT_LABELS)}
      webhook={webhook}
      log={log}
      cursor={cursor}
      actions={{
        update: updateWebhook,
        rotate: rotateWebhookSecret,
        remove: deleteWebhook,
        sendTest: testWebhook,
        replay: replayDelivery,
      }}
    />
  );
}
