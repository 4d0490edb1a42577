import type { Metadata } from "next";
import { cache } from "react";
import { webhookName } from "#components/webhooks/state.ts";
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

interface ProjectWebhookPageProps {
  params: Promise<{ projectId: string; webhookId: string }>;
  searchParams: PageSearch;
}

const webhookOf = cache((projectId: string, webhookId: string) =>
  readForPage(getWebhook, { projectId, webhookId }),
);

export async function generateMetadata({ params }: ProjectWebhookPageProps): Promise<Metadata> {
  const { projectId, webhookId } = await params;
  return { title: webhookName(await webhookOf(projectId, webhookId)) };
}

/** A webhook of a project and its deliveries. */
export default async function ProjectWebhookPage({ params, searchParams }: ProjectWebhookPageProps) {
  const { projectId, webhookId } = await params;
  const cursor = (await searchOf(searchParams)).get("cursor") ?? undefined;
  const [project, webhook, log] = await Promise.all([
    projectOf(projectId),
    webhookOf(projectId, webhookId),
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
