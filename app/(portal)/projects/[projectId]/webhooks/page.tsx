import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { NewWebhook } from "#components/webhooks/new-webhook.tsx";
import { webhooksText as text } from "#components/webhooks/text.ts";
import { WebhookList } from "#components/webhooks/webhook-list.tsx";
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
    <div className="grid gap-6">
      <PageHeader
        crumbs={[{ label: project.name, href: `/projects/${projectId}` }]}
        title={text.title}
        facts={text.facts}
        actions={<NewLink>{text.new}</NewLink>}
      />
      <Card flush>
        {items.length > 0 ? (
          <WebhookList webhooks={items} />
        ) : (
          <EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>
        )}
      </Card>
      <NewWebhook projectId={projectId} kinds={Object.entries(EVENT_LABELS)} create={createWebhook} />
    </div>
  );
}
