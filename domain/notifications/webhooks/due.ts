import { and, asc, eq, lte, min } from "drizzle-orm";
import type { Db, Scope } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { EventRow } from "../texts.ts";
import type { WaitingWebhook } from "./fair-queue.ts";
import type { WebhookRow } from "./find.ts";

/** A process that claimed a delivery and did not report a result in this time has died. */
const TAKEN_MS = 60_000;

/** A claimed delivery, with everything that it contains. */
export interface ClaimedDelivery {
  delivery: Tables["deliveries"]["$inferSelect"];
  webhook: WebhookRow;
  event: EventRow;
  /** The project of the event. */
  project: { name: string; deletedAt: number | null };
}

const isDue = ({ t: { deliveries } }: Scope, nowMs: number) =>
  and(eq(deliveries.state, "due"), lte(deliveries.dueAt, nowMs));

/** Webhooks with due deliveries, longest waiting first. */
export async function webhooksWithDue(scope: Scope, nowMs: number): Promise<WaitingWebhook[]> {
  const { deliveries, webhooks } = scope.t;
  const rows = await scope.q
    .select({ webhookId: webhooks.id, projectId: webhooks.projectId })
    .from(deliveries)
    .innerJoin(webhooks, eq(webhooks.id, deliveries.webhookId))
    .where(isDue(scope, nowMs))
    .groupBy(webhooks.id, webhooks.projectId)
    .orderBy(asc(min(deliveries.dueAt)));
  return rows.map(({ webhookId, projectId }) => ({ webhookId, ownerId: projectId ?? "site" }));
}

/** Claims the next delivery of a webhook, so that no other portal sends it too; null if none is due. */
export function claimDelivery(db: Db, webhookId: string, nowMs: number): Promise<ClaimedDelivery | null> {
  return db.write(async (tx) => {
    const { deliveries, webhooks, events, projects } = tx.t;
    const [next] = await tx.q
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(and(isDue(tx, nowMs), eq(deliveries.webhookId, webhookId)))
      .orderBy(asc(deliveries.dueAt), asc(deliveries.id))
      .limit(1);
    if (!next) return null;
    // Another process may have claimed it since.
    const [own] = await tx.q
      .update(deliveries)
      .set({ dueAt: nowMs + TAKEN_MS })
      .where(and(isDue(tx, nowMs), eq(deliveries.id, next.id)))
      .returning({ id: deliveries.id });
    if (!own) return null;
    const [due] = await tx.q
      .select({
        delivery: deliveries,
        webhook: webhooks,
        event: events,
        project: { name: projects.name, deletedAt: projects.deletedAt },
      })
      .from(deliveries)
      .innerJoin(webhooks, eq(webhooks.id, deliveries.webhookId))
      .innerJoin(events, eq(events.id, deliveries.eventId))
      .innerJoin(projects, eq(projects.id, events.projectId))
      .where(eq(deliveries.id, own.id));
    return due ?? null;
  });
}
