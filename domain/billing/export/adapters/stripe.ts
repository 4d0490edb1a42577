import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { type BillingEvent, eventId } from "../event.ts";
import {
  type Adapter,
  bearer,
  type Destination,
  failedWith,
  isObject,
  isSuccess,
  objectIn,
  type ResponseOutcome,
} from "./adapter.ts";

/** Meter events of Stripe Billing, `POST /v1/billing/meter_events`: one event a request. */
export const stripe: Adapter = {
  maxEvents: 1,
  needsCustomer: true,
  sendsFree: false,
  // Stripe accepts 35 days; an hour less, for clocks and the way there.
  maxAgeMs: 35 * DAY_MS - HOUR_MS,
  // Stripe promises 24 hours.
  remembersMs: 23 * HOUR_MS,
  defaultUrl: "https://api.stripe.com/v1/billing/meter_events",
  request([event], destination) {
    if (event === undefined) throw new Error("a request to Stripe has one event");
    return meterEvent(destination, {
      customer: event.customer ?? "",
      value: event.units,
      identifier: eventId(event),
      atMs: event.hour,
    });
  },
  read: ({ status, body }, [event]) => readStripe(status, body, event),
  test(destination, nowMs, customer) {
    if (customer === null) return null;
    return meterEvent(destination, { customer, value: 0, identifier: `test_${nowMs}`, atMs: nowMs });
  },
};

function meterEvent(
  destination: Destination,
  {
    customer,
    value,
    identifier,
    atMs,
  }: { customer: string; value: number; identifier: string; atMs: number },
) {
  const form = new URLSearchParams({
    event_name: destination.eventName,
    "payload[stripe_customer_id]": customer,
    "payload[value]": String(value),
    identifier,
    timestamp: String(Math.floor(atMs / 1_000)),
  });
  return {
    headers: [["content-type", "application/x-www-form-urlencoded"], ...bearer(destination)] as [
      string,
      string,
    ][],
    body: form.toString(),
  };
}

/**
 * 400 concerns the event; other statuses concern the request, and the event is sent again. A repeated identifier is
 * an error at Stripe, which means that it has the event.
 */
function readStripe(status: number, body: string, event: BillingEvent | undefined): ResponseOutcome {
  if (isSuccess(status)) return { kind: "accepted" };
  const error = objectIn(body)?.error;
  const { message, code } = isObject(error) ? error : {};
  const words = typeof message === "string" ? message : null;
  if (status !== 400 && status !== 409) return failedWith(status, words);
  if (isRepetition(words, code, event)) return { kind: "accepted" };
  if (status === 409 || words === null) return failedWith(status, words);
  return { kind: "sorted", known: new Set(), rejected: new Map([[0, words]]) };
}

function isRepetition(words: string | null, code: unknown, event: BillingEvent | undefined): boolean {
  if (code === "duplicate_meter_event") return true;
  if (words === null || event === undefined) return false;
  return /already exists|duplicate/i.test(words) && words.includes(eventId(event));
}
