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

/** Events of Lago, `POST /api/v1/events/batch`. A batch is stored as a whole or not at all. */
export const lago: Adapter = {
  maxEvents: 100,
  needsCustomer: true,
  sendsFree: true,
  maxAgeMs: null,
  remembersMs: null,
  defaultUrl: "https://api.getlago.com/api/v1/events/batch",
  request: (events, destination) =>
    batch(
      destination,
      events.map((event) => lagoEvent(event, destination)),
    ),
  read: ({ status, body }, events) => readLago(status, body, events.length),
  test(destination, nowMs, customer) {
    if (customer === null) return null;
    return batch(destination, [
      {
        transaction_id: `test_${nowMs}`,
        external_subscription_id: customer,
        code: destination.eventName,
        timestamp: Math.floor(nowMs / 1_000),
        properties: { requests: 0, units: 0 },
      },
    ]);
  },
};

function batch(destination: Destination, events: unknown[]) {
  return {
    headers: [["content-type", "application/json"], ...bearer(destination)] as [string, string][],
    body: JSON.stringify({ events }),
  };
}

function lagoEvent(event: BillingEvent, { eventName }: Destination) {
  const { projectId, keyId, api, operation, environment, hour, requests, units } = event;
  return {
    transaction_id: eventId(event),
    external_subscription_id: event.customer,
    code: eventName,
    timestamp: hour / 1_000,
    properties: { units, requests, projectId, keyId, api, operation, environment },
  };
}

/** A 422 lists the events that Lago can't store, by index. An event that it already has counts as accepted. */
function readLago(status: number, body: string, count: number): ResponseOutcome {
  if (isSuccess(status)) return { kind: "accepted" };
  const response = objectIn(body);
  const details = response?.error_details;
  const words = typeof response?.error === "string" ? response.error : null;
  if (status !== 422 || !isObject(details)) return failedWith(status, words);
  const known = new Set<number>();
  const rejected = new Map<number, string>();
  for (const [index, errors] of Object.entries(details)) {
    const at = /^\d{1,3}$/.test(index) ? Number(index) : count;
    if (at >= count) return failedWith(status, JSON.stringify(details));
    if (isRepetition(errors)) known.add(at);
    else rejected.set(at, JSON.stringify(errors));
  }
  return known.size + rejected.size === 0 ? failedWith(status, words) : { kind: "sorted", known, rejected };
}

/** Only the id is wrong, and only because it exists. */
function isRepetition(errors: unknown): boolean {
  if (!isObject(errors)) return false;
  const [[field, codes] = [], ...others] = Object.entries(errors);
  return (
    field === "transaction_id" &&
    others.length === 0 &&
    Array.isArray(codes) &&
    codes.length === 1 &&
    codes[0] === "value_already_exist"
  );
}
