import type { EventData, EventKind } from "#core/events.ts";
import { MINUTE_MS } from "#core/time.ts";
import type { Tx } from "#db/open.ts";
import type { AlertRow } from "./manage.ts";
import type { SharedReads } from "./shared-reads.ts";

/** Uses are counted at most this much later, so evaluations overlap by it. */
export const RECENT_MS = 10 * MINUTE_MS;

/** An alert to evaluate, and the time that was not evaluated yet. */
export interface AlertToEvaluate {
  alert: AlertRow;
  project: { id: string; name: string };
  /** Epoch ms. */
  since: number;
  nowMs: number;
  /** Shared with the other alerts of the project. */
  reads: SharedReads;
}

/** A crossing of an alert's threshold. */
export interface AlertFinding {
  kind: Extract<EventKind, `alert.${string}`>;
  subject: { id: string; name: string };
  data: EventData;
  /** Identifies the crossing, so that it is notified once. */
  once: string;
  /** Stores what it was, in the transaction of the notification. */
  store?: (tx: Tx) => Promise<void>;
  /** For findings with IP addresses, which only owners may see. */
  ownersOnly?: true;
}
