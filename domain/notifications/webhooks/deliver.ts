import { and, eq, isNull, sql } from "drizzle-orm";
import { HOUR_MS, SECOND_MS } from "#core/time.ts";
import type { Db, Tx } from "#db/open.ts";
import { recordAudit } from "../../audit/record.ts";
import type { Sealer } from "../../context.ts";
import { type ClaimedDelivery, claimDelivery, webhooksWithDue } from "./due.ts";
import { nextWebhook, type WaitingWebhook } from "./fair-queue.ts";
import { subjectOf, type WebhookRow } from "./find.ts";
import { headersOf, payloadOf, unsealed } from "./message.ts";
import { slackBody } from "./slack.ts";

/** The result of one attempt: an HTTP status, or why there is none. */
export interface DeliveryResult {
  status: number | null;
  error: string | null;
  tookMs: number;
  /** How long the receiver asked to wait (`Retry-After`); null if it did not. */
  retryAfterMs: number | null;
}

/** What the job needs. `send` makes the HTTP request and decides which hosts are allowed. */
interface DeliveryWork {
  db: Db;
  now: () => number;
  sealer: Sealer;
  /** The portal's public URL. */
  url: string;
  send: (url: string, headers: Record<string, string>, body: string) => Promise<DeliveryResult>;
  /** Called if a result could not be stored: the attempt is repeated when its claim expires. */
  onError: (error: unknown) => void;
}

/** How many webhooks are served at once, one delivery at a time each. */
const AT_ONCE = 8;
const ATTEMPTS_KEPT = 12;
/** How many deliveries one webhook gets, and for how long, before the next webhook is served. */
const IN_A_ROW = 20;
const TURN_MS = 10 * SECOND_MS;
/** Waits after failed attempts: about a day in total. */
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
/** Upper limit for `Retry-After`, so that events are not delayed until they are lost. */
export const MAX_RETRY_AFTER_MS = 8 * HOUR_MS;

/**
 * Sends due deliveries. A slow or silent receiver delays only its own; if all slots are taken, webhooks wait until
 * another was served, however much that one still has. Each portal has a deliverer: they share the work, and each is
 * fair on its own.
 */
export class Deliverer {
  readonly #work: DeliveryWork;
  readonly #sending = new Map<WaitingWebhook, Promise<void>>();
  readonly #lastServed = new Map<string, number>();
  #served = 0;
  #stopped = false;

  constructor(work: DeliveryWork) {
    this.#work = work;
  }

  /** Starts sending what is due, and does not wait for it. */
  async wake(): Promise<void> {
    const { db, now } = this.#work;
    if (this.#sending.size >= AT_ONCE || this.#stopped) return;
    const waiting = await webhooksWithDue(db.read, now());
    while (this.#sending.size < AT_ONCE) {
      const next = nextWebhook(waiting, [...this.#sending.keys()], this.#lastServed);
      if (!next) return;
      this.#begin(next);
    }
  }

  #begin(webhook: WaitingWebhook): void {
    this.#noteServed(webhook);
    const sending = this.#deliverTo(webhook.webhookId)
      .catch(this.#work.onError)
      .finally(() => {
        this.#sending.delete(webhook);
        // Again, because it was just served: webhooks that waited meanwhile come first.
        this.#noteServed(webhook);
      });
    this.#sending.set(webhook, sending);
  }

  #noteServed({ ownerId, webhookId }: WaitingWebhook): void {
    this.#served++;
    this.#lastServed.set(ownerId, this.#served).set(webhookId, this.#served);
  }

  /** Resolves when nothing is being sent. */
  async idle(): Promise<void> {
    await Promise.all(this.#sending.values());
  }

  /** Starts nothing new, and waits for what is being sent. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.idle();
  }

  async #deliverTo(webhookId: string): Promise<void> {
    const { db, now } = this.#work;
    const endsAt = now() + TURN_MS;
    for (let sent = 0; sent < IN_A_ROW && !this.#stopped; sent++) {
      const at = now();
      if (at >= endsAt) return;
      const due = await claimDelivery(db, webhookId, at);
      if (due === null) return;
      const outcome = await this.#attempt(due, at);
      await db.write((tx) => storeResult(tx, due, outcome, at));
      if (!isDelivered(outcome)) return;
    }
  }

  async #attempt(due: ClaimedDelivery, at: number): Promise<DeliveryResult> {
    const { sealer, url, send } = this.#work;
    const { webhook, event } = due;
    if (isUnwanted(due)) return notSent("The webhook was disabled.");
    if (webhook.format === "slack") {
      const target = unsealed(sealer, webhook.id, webhook.sealedSecret);
      if (target === null) {
        return notSent("Its URL can't be decrypted, because AUTH_SECRET was changed. Enter the URL again.");
      }
      return send(target, { "content-type": "application/json" }, slackBody(due, url));
    }
    const body = payloadOf(due, url);
    const headers = headersOf(webhook, sealer, { eventId: event.id, body, at });
    if (headers === null) {
      return notSent(
        "Its signing secret can't be decrypted, because AUTH_SECRET was changed. Rotate the secret.",
      );
    }
    return send(webhook.url, headers, body);
  }
}

const notSent = (error: string): DeliveryResult => ({ status: null, error, tookMs: 0, retryAfterMs: null });

const isDelivered = ({ status }: DeliveryResult) => status !== null && status >= 200 && status < 300;

/** Those of the site also receive the last events of a deleted project. */
const isUnwanted = ({ webhook, project }: ClaimedDelivery) =>
  webhook.disabledAt !== null ||
  webhook.deletedAt !== null ||
  (webhook.projectId !== null && project.deletedAt !== null);

/** Stores the result of an attempt, and when the next one is due. */
async function storeResult(tx: Tx, due: ClaimedDelivery, outcome: DeliveryResult, at: number): Promise<void> {
  const { deliveries } = tx.t;
  const own = eq(deliveries.id, due.delivery.id);
  await tx.q
    .update(deliveries)
    .set({ id: sql`${deliveries.id}` })
    .where(own);
  const [row] = await tx.q.select().from(deliveries).where(own);
  if (!row) return;
  const { status, error, tookMs } = outcome;
  const attempts = [...row.attempts, { at, status, error, tookMs }].slice(-ATTEMPTS_KEPT);
  // Replayed or claimed by another process meanwhile, which decides what is next.
  const isOurs = row.state === "due" && row.dueAt === due.delivery.dueAt;
  await tx.q
    .update(deliveries)
    .set({ attempts, ...(isOurs && nextOf(due, outcome, row.tries, at)) })
    .where(own);
  if (outcome.status === GONE) await disableWebhook(tx, due.webhook, at);
}

function nextOf(due: ClaimedDelivery, outcome: DeliveryResult, triesBefore: number, at: number) {
  const tries = triesBefore + 1;
  if (isDelivered(outcome)) return { state: "delivered" as const, tries };
  const wait = isUnwanted(due) || outcome.status === GONE ? undefined : WAITS_MS[triesBefore];
  if (wait === undefined) return { state: "failed" as const, tries };
  const requestedMs = Math.min(outcome.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS);
  return { tries, dueAt: at + Math.max(wait, requestedMs) };
}

/** 410 means that the receiver is gone permanently (Standard Webhooks): nothing more is sent. */
async function disableWebhook(tx: Tx, webhook: WebhookRow, at: number): Promise<void> {
  const { webhooks } = tx.t;
  const off = await tx.q
    .update(webhooks)
    .set({ disabledAt: at })
    .where(and(eq(webhooks.id, webhook.id), isNull(webhooks.disabledAt), isNull(webhooks.deletedAt)))
    .returning({ id: webhooks.id });
  if (off.length === 0) return;
  await recordAudit(
    tx,
    { actor: { kind: "system" }, now: () => at },
    {
      action: "webhook.updated",
      projectId: webhook.projectId,
      subject: subjectOf(webhook),
      before: { enabled: true },
      after: { enabled: false, reason: "It answered 410 Gone." },
    },
  );
}
