import type { Metadata } from "next";
import { webhooksText as text } from "#components/webhooks/text.ts";
import { WebhookListPage } from "#components/webhooks/webhook-pages.tsx";
import { EVENT_LABELS } from "#domain/notifications/event-labels.ts";
import { listWebhooks } from "#domain/notifications/webhooks/list.ts";
import { readForPage } from "#server/page.ts";
import { projectOf } from "../project.ts";
import { createWebhook } from "./actions.ts";

export const metadata: Metadata = { title: text.title };

interface WebhooksPageProps {
  params: Promise<{ projectId: string }>;
}

/** The webhooks of a project, for its owners. */
export default async function WebhooksPage({ params }: WebhooksPageProps) {
  const { projectId } = await params;
  const [project, { items }] = await Promise.all([
    projectOf(projectId),
    readForPage(listWebhooks, { projectId }),
  ]);
  return (
    <WebhookListPage
      projectId={projectId}
      parent={{ label: project.name, href: `/projects/${projectId}` }}
      kinds={Object.entries(EVENT_LABELS)}
      webhooks={items}
      create={createWebhook}
    />
  );
}
