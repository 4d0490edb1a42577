import { HOUR_MS, iso } from "#core/time.ts";
import { type BillingEvent, eventId } from "../event.ts";
import { type Adapter, bearer, type Destination, failedWith, isSuccess } from "./adapter.ts";

const CONTENT_TYPE = "application/cloudevents-batch+json; charset=utf-8";

/** CloudEvents 1.0 in JSON, batched (HTTP protocol binding 3.3). OpenMeter takes it as it is. */
export const cloudEvents: Adapter = {
  maxEvents: 100,
  needsCustomer: false,
  sendsFree: true,
  maxAgeMs: null,
  remembersMs: null,
  defaultUrl: null,
  request(events, destination) {
    return {
      headers: [["content-type", CONTENT_TYPE], ...bearer(destination)],
      body: JSON.stringify(events.map((event) => cloudEvent(event, destination))),
    };
  },
  read: ({ status, body }) => (isSuccess(status) ? { kind: "accepted" } : failedWith(status, body)),
  test(destination, nowMs) {
    const event = {
      specversion: "1.0",
      id: `test_${nowMs}`,
      source: destination.source,
      // Another type, so that no meter counts it.
      type: `${destination.eventName}.test`,
      time: iso(nowMs),
      subject: "test",
      datacontenttype: "application/json",
      data: { requests: 0, units: 0 },
    };
    return {
      headers: [["content-type", CONTENT_TYPE], ...bearer(destination)],
      body: JSON.stringify([event]),
    };
  },
};

function cloudEvent(event: BillingEvent, { source, eventName }: Destination) {
  const { projectId, keyId, api, operation, environment, hour, requests, units, correction } = event;
  return {
    specversion: "1.0",
    id: eventId(event),
    source,
    type: eventName,
    subject: event.customer ?? projectId,
    time: iso(hour),
    datacontenttype: "application/json",
    data: {
      projectId,
      keyId,
      api,
      operation,
      environment,
      from: iso(hour),
      to: iso(hour + HOUR_MS),
      requests,
      units,
      correction,
    },
  };
}
