import { and, asc, eq, lte, min } from "drizzle-orm";
import type { Db, Scope } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { EventRow } from "../words.ts";
import type { Waiting } from "./fair-queue.ts";
import type { WebhookRow } from "./find.ts";

/** Whoever took a delivery and has not told of it by then has died. */
const TAKEN_MS = 60_000;

/** A delivery that was taken, with all that it is made of. */
export interface Due {
  delivery: Tables["deliveries"]["$inferSelect"];
  webhook: WebhookRow;
  event: EventRow;
  project: { name: string; deletedAt: number | null };
}

const isDue = ({ t: { deliveries } }: Scope, nowMs: number) =>
  and(eq(deliveries.state, "due"), lte(deliveries.dueAt, nowMs));

/** The webhooks that something is due to, those first that have waited longest. */
export function webhooksWithDue(scope: Scope, nowMs: number): Promise<Waiting[]> {
  const { deliveries, webhooks } = scope.t;
  return scope.q
    .select({ webhookId: webhooks.id, projectId: webhooks.projectId })
    .from(deliveries)
    .innerJoin(webhooks, eq(webhooks.id, deliveries.webhookId))
    .where(isDue(scope, nowMs))
    .groupBy(webhooks.id, webhooks.projectId)
    .orderBy(asc(min(deliveries.dueAt)));
}

/** Takes the next delivery to a webhook, so that no other portal sends it as well; null where none is due. */
export function takeNext(db: Db, webhookId: string, nowMs: number): Promise<Due | null> {
  return db.write(async (tx) => {
    const { deliveries, webhooks, events, projects } = tx.t;
    const [next] = await tx.q
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(and(isDue(tx, nowMs), eq(deliveries.webhookId, webhookId)))
      .orderBy(asc(deliveries.dueAt), asc(deliveries.id))
      .limit(1);
    if (!next) return null;
    // Somebody else may have been faster since: then it is due no more.
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
      .innerJoin(projects, eq(projects.id, webhooks.projectId))
      .where(eq(deliveries.id, own.id));
    return due ?? null;
  });
}
