import type { ActionResult } from "#domain/errors.ts";
import type { DeliveryPage, Webhook } from "#domain/notifications/webhooks/schema.ts";
import { StatusDot } from "../ui/badge.tsx";
import { Card, Fact, Facts, Section } from "../ui/card.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { NewLink } from "../ui/new-link.tsx";
import { type Crumb, PageHeader } from "../ui/page-header.tsx";
import { Refresher } from "../ui/refresher.tsx";
import { DateTime, RelativeTime } from "../ui/time.tsx";
import { DeliveryTable } from "./delivery-table.tsx";
import type { KindLabels } from "./kind-fields.tsx";
import { NewWebhook, type NewWebhookProps } from "./new-webhook.tsx";
import { webhookHref, webhookName, webhookState, webhooksHref } from "./state.ts";
import { webhooksText as text } from "./text.ts";
import { type WebhookActions, WebhookControls } from "./webhook-controls.tsx";
import { WebhookList } from "./webhook-list.tsx";

/** The pages of webhooks. Those of a project and those of the site differ in their actions and the page above them. */
interface PageProps<Owner> {
  /** Null for webhooks of the site. */
  projectId: Owner;
  /** The page above the list. */
  parent: Crumb;
  kinds: KindLabels;
}

interface WebhookListPageProps<Owner> extends PageProps<Owner> {
  webhooks: Webhook[];
  create: NewWebhookProps<Owner>["create"];
}

/** The webhooks of a project or of the site. */
export function WebhookListPage<Owner extends string | null>({
  projectId,
  parent,
  kinds,
  webhooks,
  create,
}: WebhookListPageProps<Owner>) {
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[parent]}
        title={text.title}
        facts={projectId === null ? text.siteFacts : text.facts}
        actions={<NewLink>{text.new}</NewLink>}
      />
      <Card flush>
        {webhooks.length > 0 ? (
          <WebhookList webhooks={webhooks} />
        ) : (
          <EmptyState title={text.empty.title}>{text.empty.body}</EmptyState>
        )}
      </Card>
      <NewWebhook projectId={projectId} kinds={kinds} create={create} />
    </div>
  );
}

interface WebhookPageProps<Owner> extends PageProps<Owner> {
  webhook: Webhook;
  log: DeliveryPage;
  cursor: string | undefined;
  actions: WebhookActions<Owner> & {
    replay: (input: {
      projectId: Owner;
      webhookId: string;
      deliveryId: string;
    }) => Promise<ActionResult<unknown>>;
  };
}

/** A webhook of a project or of the site: its controls, its events and its deliveries. */
export function WebhookPage<Owner extends string | null>({
  projectId,
  parent,
  kinds,
  webhook,
  log,
  cursor,
  actions: { replay, ...actions },
}: WebhookPageProps<Owner>) {
  const { tone, word } = webhookState(webhook);
  const labels = new Map(kinds);
  const resend = (deliveryId: string) => replay.bind(null, { projectId, webhookId: webhook.id, deliveryId });
  return (
    <div className="grid gap-6">
      <PageHeader
        crumbs={[parent, { label: text.title, href: webhooksHref(projectId) }]}
        title={webhookName(webhook)}
        badges={<StatusDot tone={tone}>{word}</StatusDot>}
        facts={<span className="font-mono text-sm break-all">{webhook.url}</span>}
      />
      {cursor === undefined ? <Refresher everyMs={5_000} /> : null}
      <div className="flex flex-wrap gap-2">
        <WebhookControls projectId={projectId} subject={webhook} kinds={kinds} actions={actions} />
      </div>
      <Card>
        <Facts>
          <Fact label={text.form.format}>{text.formats[webhook.format]}</Fact>
          <Fact label={text.events}>
            {webhook.kinds.length === 0
              ? text.allEvents
              : webhook.kinds.map((kind) => labels.get(kind) ?? kind).join("; ")}
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
          replay={webhook.enabled ? resend : null}
          pagination={{
            noun: text.deliveries.noun,
            base: webhookHref(webhook),
            cursor,
            nextCursor: log.nextCursor,
          }}
        />
      </Section>
    </div>
  );
}
