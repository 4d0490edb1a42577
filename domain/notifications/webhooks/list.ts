import { and, asc, desc, eq, isNull, lt, or } from "drizzle-orm";
import { iso } from "#core/time.ts";
import type { Verb } from "../../context.ts";
import { pageOf, readCursor } from "../../lists.ts";
import { eventTexts } from "../texts.ts";
import { isOwnedBy, mustFindWebhook, presentWebhooks } from "./find.ts";
import { requireWebhookRights } from "./owner.ts";
import type { DeliveryPage, ListDeliveriesInput, ListWebhooksInput, Webhook, WebhookRef } from "./schema.ts";

/** The webhooks of a project, for its owners, or of the site, for administrators. */
export async function listWebhooks({ ctx, input }: Verb<ListWebhooksInput>): Promise<{ items: Webhook[] }> {
  const scope = ctx.db.read;
  await requireWebhookRights(scope, ctx, input);
  const { webhooks } = scope.t;
  const rows = await scope.q
    .select()
    .from(webhooks)
    .where(and(isOwnedBy(webhooks.projectId, input.projectId), isNull(webhooks.deletedAt)))
    .orderBy(asc(webhooks.createdAt), asc(webhooks.id));
  return { items: await presentWebhooks(scope, rows, ctx.now()) };
}

/** One webhook. Owners, or administrators for one of the site. */
export async function getWebhook({ ctx, input }: Verb<WebhookRef>): Promise<Webhook> {
  const scope = ctx.db.read;
  await requireWebhookRights(scope, ctx, input);
  const [webhook] = await presentWebhooks(scope, [await mustFindWebhook(scope, input)], ctx.now());
  if (!webhook) throw new Error("one row is one webhook");
  return webhook;
}

/** A webhook's deliveries with their attempts, newest first. Owners, or administrators for one of the site. */
export async function listDeliveries({ ctx, input }: Verb<ListDeliveriesInput>): Promise<DeliveryPage> {
  const { q, t } = ctx.db.read;
  await requireWebhookRights(ctx.db.read, ctx, input);
  const webhook = await mustFindWebhook(ctx.db.read, input);
  const { deliveries, events } = t;
  const after = readCursor(input.cursor, ["number", "text"]);
  const rows = await q
    .select({ delivery: deliveries, event: events })
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .where(
      and(
        eq(deliveries.webhookId, webhook.id),
        after
          ? or(lt(deliveries.at, after[0]), and(eq(deliveries.at, after[0]), lt(deliveries.id, after[1])))
          : undefined,
      ),
    )
    .orderBy(desc(deliveries.at), desc(deliveries.id))
    .limit(input.limit + 1);
  return pageOf(
    rows,
    input.limit,
    ({ delivery }) => [delivery.at, delivery.id],
    ({ delivery, event }) => ({
      id: delivery.id,
      event: { id: event.id, kind: event.kind, title: eventTexts(event).title, time: iso(event.at) },
      state: delivery.state,
      time: iso(delivery.at),
      nextAt: delivery.state === "due" ? iso(delivery.dueAt) : null,
      attempts: delivery.attempts.map(({ at, ...attempt }) => ({ time: iso(at), ...attempt })),
    }),
  );
}
