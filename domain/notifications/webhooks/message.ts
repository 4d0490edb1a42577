import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { iso } from "#core/time.ts";
import { type Ctx, type Sealer, shownActorName } from "../../context.ts";
import { eventTexts } from "../texts.ts";
import type { ClaimedDelivery } from "./due.ts";
import type { WebhookRow } from "./find.ts";

const SIGNING_SECRET_BYTES = 24;

/** The same bytes at every attempt: an event never changes. Contains no secret. */
export function payloadOf(
  { event, project }: Pick<ClaimedDelivery, "event" | "project">,
  portalUrl: string,
): string {
  const { title, text, path } = eventTexts(event);
  return JSON.stringify({
    type: event.kind,
    timestamp: iso(event.at),
    data: {
      project: { id: event.projectId, name: project.name },
      subject: { id: event.subjectId, name: event.subjectName },
      by: shownActorName(event),
      title,
      text,
      url: portalUrl + path,
      details: event.data,
    },
  });
}

/**
 * The headers of Standard Webhooks: id, time and signature, during a rotation one per secret. Null if the current
 * secret can't be decrypted, because `AUTH_SECRET` changed.
 */
export function headersOf(
  webhook: WebhookRow,
  sealer: Sealer,
  { eventId, body, at }: { eventId: string; body: string; at: number },
): Record<string, string> | null {
  const olderSigns =
    webhook.previousUntil !== null && webhook.previousUntil > at ? webhook.sealedPrevious : null;
  const current = unsealed(sealer, webhook.id, webhook.sealedSecret);
  if (current === null) return null;
  // An older secret that can't be decrypted is skipped: a rotation is the fix for a changed `AUTH_SECRET`.
  const secrets = [current, unsealed(sealer, webhook.id, olderSigns)].filter((secret) => secret !== null);
  return {
    "content-type": "application/json",
    "webhook-id": eventId,
    "webhook-timestamp": String(Math.floor(at / 1000)),
    "webhook-signature": secrets
      .map((secret) => new Webhook(secret).sign(eventId, new Date(at), body))
      .join(" "),
  };
}

/** A sealed secret of the webhook; null if it can't be decrypted. */
export function unsealed(sealer: Sealer, webhookId: string, sealed: string | null): string | null {
  if (sealed === null) return null;
  try {
    return sealer.unseal(sealed, webhookSealingContext(webhookId));
  } catch {
    return null;
  }
}

/** A new signing secret in the format of Standard Webhooks. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(SIGNING_SECRET_BYTES).toString("base64")}`;
}

/** The sealer for webhook secrets. Throws if there is none, as in the CLI. */
export function sealerOf({ sealer }: Pick<Ctx, "sealer">): Sealer {
  if (sealer === null) throw new Error("secrets can only be sealed by the portal");
  return sealer;
}

/** Binds a sealed secret to its webhook. */
export function webhookSealingContext(webhookId: string): string {
  return `webhook ${webhookId}`;
}
