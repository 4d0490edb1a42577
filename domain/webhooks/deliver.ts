import { and, asc, eq, inArray, isNull, lte, notExists } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import type { Db, Scope } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { Sealer } from "../context.ts";
import { type EventRow, wordsOf } from "../notices/words.ts";
import { iso } from "../time.ts";
import type { WebhookRow } from "./find.ts";
import { sealingFor } from "./secret.ts";

/** What came back from one try: an HTTP status, or why there is none. */
export interface Outcome {
  status: number | null;
  error: string | null;
  tookMs: number;
}

/** What the job needs. `send` is the one way out, and holds to where it may go. */
export interface DeliveryWork {
  db: Db;
  now: () => number;
  sealer: Sealer;
  /** The portal's public address. */
  url: string;
  send: (url: string, headers: Record<string, string>, body: string) => Promise<Outcome>;
}

const AT_ONCE = 8;
/** Whoever took a delivery and has not told of it by then has died. */
const TAKEN_MS = 60_000;
const ATTEMPTS_KEPT = 12;
const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;
/** Waits after each try that failed: about a day in all. */
export const WAITS_MS = [
  5 * SECOND_MS,
  60 * SECOND_MS,
  300 * SECOND_MS,
  1_800 * SECOND_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  8 * HOUR_MS,
  8 * HOUR_MS,
];
const GONE = 410;

type DeliveryRow = Tables["deliveries"]["$inferSelect"];

interface Due {
  delivery: DeliveryRow;
  webhook: WebhookRow;
  event: EventRow;
  project: string;
}

/** Delivers what is due, some at a time. Resolves with how many it tried: 0 when nothing was due. */
export async function deliverDue(work: DeliveryWork): Promise<number> {
  const due = await take(work.db, work.now());
  await Promise.all(due.map((one) => deliver(work, one)));
  return due.length;
}

async function deliver(work: DeliveryWork, due: Due): Promise<void> {
  const { delivery, webhook, event } = due;
  const at = work.now();
  const body = payloadOf(due, work.url);
  const outcome = await work.send(webhook.url, headersOf(work, webhook, event.id, body, at), body);
  const delivered = outcome.status !== null && outcome.status >= 200 && outcome.status < 300;
  const wait = outcome.status === GONE ? undefined : WAITS_MS[delivery.tries];
  await work.db.write(async ({ q, t: { deliveries, webhooks } }) => {
    await q
      .update(deliveries)
      .set({
        state: delivered ? "delivered" : wait === undefined ? "failed" : "due",
        tries: delivery.tries + 1,
        dueAt: at + (wait ?? 0),
        attempts: [...delivery.attempts, { at, ...outcome }].slice(-ATTEMPTS_KEPT),
      })
      .where(eq(deliveries.id, delivery.id));
    // The endpoint says that it is gone for good (Standard Webhooks): nothing more is sent there.
    if (outcome.status === GONE) {
      await q.update(webhooks).set({ disabledAt: at }).where(eq(webhooks.id, webhook.id));
    }
  });
}

/** The same bytes at every try: an event never changes. */
function payloadOf({ event, project }: Due, portalUrl: string): string {
  const { title, text, path } = wordsOf(event);
  return JSON.stringify({
    type: event.kind,
    timestamp: iso(event.at),
    data: {
      project: { id: event.projectId, name: project },
      subject: { id: event.subjectId, name: event.subjectName },
      by: event.actorName,
      title,
      text,
      url: portalUrl + path,
      details: event.data,
    },
  });
}

/** Standard Webhooks: id, time and signature; during a rotation one by each secret. */
function headersOf(
  { sealer }: DeliveryWork,
  webhook: WebhookRow,
  eventId: string,
  body: string,
  at: number,
): Record<string, string> {
  const olderSigns = webhook.olderUntil !== null && webhook.olderUntil > at ? webhook.sealedOlder : null;
  const signatures = [webhook.sealedSecret, olderSigns]
    .filter((sealed) => sealed !== null)
    .map((sealed) =>
      new Webhook(sealer.unseal(sealed, sealingFor(webhook.id))).sign(eventId, new Date(at), body),
    );
  return {
    "content-type": "application/json",
    "webhook-id": eventId,
    "webhook-timestamp": String(Math.floor(at / 1000)),
    "webhook-signature": signatures.join(" "),
  };
}

/** Takes some that are due, so that no other portal sends them as well. */
async function take(db: Db, nowMs: number): Promise<Due[]> {
  const isDue = ({ t: { deliveries } }: Scope) =>
    and(eq(deliveries.state, "due"), lte(deliveries.dueAt, nowMs));
  const { q, t } = db.read;
  const [waiting] = await q.select({ id: t.deliveries.id }).from(t.deliveries).where(isDue(db.read)).limit(1);
  // Nearly always nothing waits, and then nobody is made to wait for a writer.
  if (!waiting) return [];
  return db.write(async (tx) => {
    const { deliveries, webhooks, events, projects } = tx.t;
    await forgetUnwanted(tx, nowMs);
    const rows = await tx.q
      .select({ delivery: deliveries, webhook: webhooks, event: events, project: projects.name })
      .from(deliveries)
      .innerJoin(webhooks, eq(webhooks.id, deliveries.webhookId))
      .innerJoin(events, eq(events.id, deliveries.eventId))
      .innerJoin(projects, eq(projects.id, events.projectId))
      .where(and(isDue(tx), isNull(webhooks.disabledAt), isNull(webhooks.deletedAt)))
      .orderBy(asc(deliveries.dueAt))
      .limit(AT_ONCE);
    if (rows.length === 0) return [];
    const ids = rows.map(({ delivery }) => delivery.id);
    const taken = await tx.q
      .update(deliveries)
      .set({ dueAt: nowMs + TAKEN_MS })
      .where(and(isDue(tx), inArray(deliveries.id, ids)))
      .returning({ id: deliveries.id });
    const own = new Set(taken.map(({ id }) => id));
    return rows.filter(({ delivery }) => own.has(delivery.id));
  });
}

/** What was still to go to a webhook that is off or gone. */
async function forgetUnwanted({ q, t: { deliveries, webhooks } }: Scope, nowMs: number): Promise<void> {
  const off = q
    .select({ id: webhooks.id })
    .from(webhooks)
    .where(
      and(eq(webhooks.id, deliveries.webhookId), isNull(webhooks.disabledAt), isNull(webhooks.deletedAt)),
    );
  await q
    .update(deliveries)
    .set({ state: "failed" })
    .where(and(eq(deliveries.state, "due"), lte(deliveries.dueAt, nowMs), notExists(off)));
}
