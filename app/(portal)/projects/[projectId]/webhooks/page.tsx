import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty.tsx";
import { NewLink } from "#components/ui/new-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { NewWebhook } from "#components/webhooks/new-webhook.tsx";
import { WebhookList } from "#components/webhooks/webhook-list.tsx";
import { listWebhooks } from "#domain/notifications/webhooks/list.ts";
import { EVENT_LABELS } from "#domain/notifications/words.ts";
import { readForPage } from "#server/page.ts";
import { projectOf } from "../project.ts";
import { createWebhook } from "./actions.ts";

export const metadata: Metadata = { title: "Webhooks" };

interface WebhooksPageProps {
  params: Promise<{ projectId: string }>;
}

/** Where the project's events are sent; for its owners. */
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
        title="Webhooks"
        facts="What happens to this project's keys, sent to your own server as it happens."
        actions={<NewLink>New webhook</NewLink>}
      />
      <Card flush>
        {items.length > 0 ? (
          <WebhookList webhooks={items} />
        ) : (
          <EmptyState title="No webhook yet">
            Give an address of yours, and every event is sent there, signed: a key is about to expire, has a
            new secret, is revoked, was found in public. What does not arrive is tried again for a day.
          </EmptyState>
        )}
      </Card>
      <NewWebhook projectId={projectId} kinds={Object.entries(EVENT_LABELS)} create={createWebhook} />
    </div>
  );
}
