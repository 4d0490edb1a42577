import type { EventKind } from "#core/events.ts";
import type { DeliveryState } from "#db/tables/notifications.ts";
import type { Page } from "../../fields.ts";

export interface Webhook {
  id: string;
  projectId: string;
  url: string;
  /** What it is told of; empty for everything. */
  kinds: EventKind[];
  enabled: boolean;
  createdAt: string;
  /** While an older signing secret signs as well: until when. */
  olderSecretUntil: string | null;
  /** Of the latest delivery; null before the first. */
  lastDelivery: { state: DeliveryState; time: string } | null;
}

/** A webhook and its signing secret, which is shown this once. */
export interface WebhookWithSecret {
  webhook: Webhook;
  secret: string;
}

export interface Delivery {
  id: string;
  event: { id: string; kind: EventKind; title: string; time: string };
  state: DeliveryState;
  time: string;
  /** With `due`: when it is tried next. */
  nextAt: string | null;
  /** The latest, oldest first. */
  attempts: { time: string; status: number | null; error: string | null; tookMs: number }[];
}

export type DeliveryPage = Page<Delivery>;
