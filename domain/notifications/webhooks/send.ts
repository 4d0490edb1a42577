import { and, asc, count, eq, isNull } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import type { Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import type { Verb } from "../../context.ts";
import { DomainError, notFound } from "../../errors.ts";
import { actorOf, deliveryOf } from "../notify.ts";
import { lockWebhook, subjectOf } from "./find.ts";
import { lockWebhookOwner } from "./owner.ts";
import type { DeliveryRef, WebhookRef } from "./schema.ts";

/** Tests that may be pending per webhook: more would delay the project's other events. */
const MAX_PENDING_TESTS = 5;

/** Sends a test event to this webhook only. Throws `conflict` while several tests are pending. */
export async function testWebhook({ ctx, input }: Verb<WebhookRef>): Promise<{ deliveryId: string }> {
  return ctx.db.write(async (tx) => {
    await lockWebhookOwner(tx, ctx, input);
    const { id, url, disabledAt } = await lockWebhook(tx, input);
    if (disabledAt !== null) throw new DomainError("conflict", "This webhook is disabled. Enable it first.");
    await requireFewPendingTests(tx, id);
    const { events, deliveries } = tx.t;
    const [eventId, at] = [newId("event"), ctx.now()];
    await tx.q.insert(events).values({
      id: eventId,
      at,
      kind: "webhook.test",
      projectId: input.projectId ?? (await anyProject(tx)),
      subjectId: id,
      subjectName: subjectOf({ id, url }).name,
      ...actorOf(ctx.actor),
      data: input.projectId === null ? { site: true } : {},
      once: null,
    });
    const delivery = deliveryOf(id, eventId, at);
    await tx.q.insert(deliveries).values(delivery);
    await recordAudit(tx, ctx, {
      action: "webhook.tested",
      projectId: input.projectId,
      subject: subjectOf({ id, url }),
    });
    return { deliveryId: delivery.id };
  });
}

/** Every event belongs to a project, also the test of a webhook of the site: to its oldest one. */
async function anyProject({ q, t: { projects } }: Tx): Promise<string> {
  const [project] = await q
    .select({ id: projects.id })
    .from(projects)
    .where(isNull(projects.deletedAt))
    .orderBy(asc(projects.createdAt), asc(projects.id))
    .limit(1);
  if (!project)
    throw new DomainError("conflict", "There is no project yet, so there are no events. Create one first.");
  return project.id;
}

/** Lock the webhook first, so that concurrent tests are counted one after the other. */
async function requireFewPendingTests(
  { q, t: { deliveries, events } }: Tx,
  webhookId: string,
): Promise<void> {
  const [onTheirWay] = await q
    .select({ n: count() })
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .where(
      and(eq(deliveries.webhookId, webhookId), eq(deliveries.state, "due"), eq(events.kind, "webhook.test")),
    );
  if ((onTheirWay?.n ?? 0) < MAX_PENDING_TESTS) return;
  throw new DomainError(
    "conflict",
    `${MAX_PENDING_TESTS} tests are still pending. Wait for them, or choose one in the log and send it again.`,
  );
}

/** Sends an event again, with retries, under the same id. */
export async function replayDelivery({ ctx, input }: Verb<DeliveryRef>): Promise<{ deliveryId: string }> {
  return ctx.db.write(async (tx) => {
    await lockWebhookOwner(tx, ctx, input);
    const { id, url, disabledAt } = await lockWebhook(tx, input);
    if (disabledAt !== null) throw new DomainError("conflict", "This webhook is disabled. Enable it first.");
    const { deliveries } = tx.t;
    const [again] = await tx.q
      .update(deliveries)
      .set({ state: "due", tries: 0, dueAt: ctx.now() })
      .where(and(eq(deliveries.id, input.deliveryId), eq(deliveries.webhookId, id)))
      .returning({ id: deliveries.id });
    if (!again) throw notFound("delivery");
    await recordAudit(tx, ctx, {
      action: "webhook.replayed",
      projectId: input.projectId,
      subject: subjectOf({ id, url }),
      after: { deliveryId: again.id },
    });
    return { deliveryId: again.id };
  });
}
