import type { BillingEvent } from "../event.ts";

/** The receiver of an export. */
export interface Destination {
  url: string;
  /** What the receiver knows the usage by: an event type, a meter or a metric. */
  eventName: string;
  source: string;
  secret: string | null;
}

export interface ExportRequest {
  headers: [name: string, value: string][];
  body: string;
}

/**
 * What a receiver's response means. Its own words are unchanged: they may repeat the API key, so they are stored and shown
 * only as `shownWords`.
 */
export type ResponseOutcome =
  /** It has all events, from this request or an earlier one. */
  | { kind: "accepted" }
  /** It stored none of them: it has some already, rejects others for good, and takes the rest if they are sent alone. */
  | { kind: "sorted"; known: Set<number>; rejected: Map<number, string> }
  | Failure;

/** Try again later; `tooLarge`: with fewer events. */
export interface Failure {
  kind: "failed";
  words: string | null;
  tooLarge: boolean;
}

/** How a kind of receiver takes events. */
export interface Adapter {
  /** Events per request. */
  maxEvents: number;
  /** Whether an event must name a customer that the receiver knows. */
  needsCustomer: boolean;
  /** Whether events without units, of requests that cost nothing, are sent. */
  sendsFree: boolean;
  /** Older hours are rejected, ms; null: never. */
  maxAgeMs: number | null;
  /** For how long it recognizes a repeated id, ms; null: always. */
  remembersMs: number | null;
  /** The URL of the public service; null if there is none. */
  defaultUrl: string | null;
  request(events: readonly BillingEvent[], destination: Destination): ExportRequest;
  read(response: { status: number; body: string }, events: readonly BillingEvent[]): ResponseOutcome;
  /** A request that bills nothing; null if it needs a customer and there is none. */
  test(destination: Destination, nowMs: number, customer: string | null): ExportRequest | null;
}

/** The header that authenticates requests; none for a destination without a secret. */
export function bearer({ secret }: Destination): [string, string][] {
  return secret === null ? [] : [["authorization", `Bearer ${secret}`]];
}

export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** A failed request, with the receiver's words; null if there are none. */
export function failedWith(status: number, words: string | null): Failure {
  return { kind: "failed", words, tooLarge: status === 413 };
}

/** The JSON object that a body is; null if it is none. */
export function objectIn(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether a value from JSON is an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
