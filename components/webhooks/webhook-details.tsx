import type { ActionResult } from "#domain/errors.ts";
import type { DeliveryPage, Webhook } from "#domain/notifications/webhooks/schema.ts";
import { Card, Fact, Facts, Section } from "../ui/card.tsx";
import { Refresher } from "../ui/refresher.tsx";
import { DateTime, RelativeTime } from "../ui/time.tsx";
import { DeliveryTable } from "./delivery-table.tsx";
import type { KindWords } from "./kind-fields.tsx";
import { webhookHref } from "./state.ts";
import { webhooksText as text } from "./text.ts";
import { type WebhookActions, WebhookControls } from "./webhook-controls.tsx";

interface WebhookDetailsProps<Owner> {
  /** Null for a webhook of the site. */
  projectId: Owner;
  webhook: Webhook;
  kinds: KindWords;
  log: DeliveryPage;
  cursor: string | undefined;
  actions: WebhookActions<Owner>;
  replay: (deliveryId: string) => () => Promise<ActionResult<unknown>>;
}

/** What a webhook's page shows below its header: its controls, its events and its deliveries. */
export function WebhookDetails<Owner extends string | null>({
  projectId,
  webhook,
  kinds,
  log,
  cursor,
  actions,
  replay,
}: WebhookDetailsProps<Owner>) {
  const labels = new Map(kinds);
  return (
    <>
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
          replay={webhook.enabled ? replay : null}
          pagination={{
            noun: text.deliveries.noun,
            base: webhookHref(webhook),
            cursor,
            nextCursor: log.nextCursor,
          }}
        />
      </Section>
    </>
  );
}
