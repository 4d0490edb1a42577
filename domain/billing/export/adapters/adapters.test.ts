import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#core/time.ts";
import { type BillingEvent, eventId } from "../event.ts";
import { failureText } from "../run-exports.ts";
import type { Destination } from "./adapter.ts";
import { ADAPTERS } from "./index.ts";

const HOUR = Date.UTC(2026, 10, 23, 9);
const event: BillingEvent = {
  seq: 1,
  hour: HOUR,
  projectId: "prj_1",
  keyId: "key_1",
  api: "chat",
  operation: "messages.send",
  environment: "live",
  correction: 0,
  requests: 3,
  units: 12,
  createdAt: HOUR + HOUR_MS,
  customer: null,
};
const destination: Destination = {
  url: "https://billing.example/events",
  eventName: "latchkey.usage",
  source: "https://keys.example.com",
  secret: "sk_1",
};
const { cloudevents, stripe, lago } = ADAPTERS;

test("an event's id depends on project, key, API, operation, hour and correction, and on nothing else", () => {
  const id = eventId(event);
  expect(id).toMatch(/^use_[\w-]{32}$/);
  expect(eventId({ ...event, units: 99, seq: 7, environment: "test", createdAt: 0 } as BillingEvent)).toBe(
    id,
  );
  const others = [
    { projectId: "prj_2" },
    { keyId: "key_2" },
    { api: "mail" },
    { operation: "" },
    { hour: HOUR + HOUR_MS },
    { correction: 1 },
    // The same texts, divided differently.
    { keyId: "key_1\tchat", api: "" },
  ].map((fields) => eventId({ ...event, ...fields }));
  expect(new Set([id, ...others]).size).toBe(8);
  expect(eventId({ ...event, correction: 2 })).toBe(`${id}.2`);
});

test("CloudEvents are sent in batches of JSON, version 1.0, with the API key as a bearer token", () => {
  const { headers, body } = cloudevents.request([event, { ...event, customer: "acme" }], destination);
  expect(Object.fromEntries(headers)).toEqual({
    "content-type": "application/cloudevents-batch+json; charset=utf-8",
    authorization: "Bearer sk_1",
  });
  const [first, second] = JSON.parse(body);
  expect(first).toEqual({
    specversion: "1.0",
    id: eventId(event),
    source: "https://keys.example.com",
    type: "latchkey.usage",
    subject: "prj_1",
    time: "2026-11-23T09:00:00.000Z",
    datacontenttype: "application/json",
    data: {
      projectId: "prj_1",
      keyId: "key_1",
      api: "chat",
      operation: "messages.send",
      environment: "live",
      from: "2026-11-23T09:00:00.000Z",
      to: "2026-11-23T10:00:00.000Z",
      requests: 3,
      units: 12,
      correction: 0,
    },
  });
  expect(second.subject).toBe("acme");
  expect(cloudevents.request([event], { ...destination, secret: null }).headers).toHaveLength(1);
});

test("a failure is described with the receiver's words, on one line, shortened and without the API key", () => {
  expect(cloudevents.read({ status: 202, body: "" }, [event])).toEqual({ kind: "accepted" });
  expect(cloudevents.read({ status: 413, body: "" }, [event])).toMatchObject({ tooLarge: true });
  const shown = (body: string, secret: string | null = null) => {
    const reading = cloudevents.read({ status: 500, body }, [event]);
    return reading.kind === "failed" && failureText(500, reading, { ...destination, secret });
  };
  expect(shown(`a\n\u0000\u202eb${"c".repeat(9_999)}`)).toMatch(/^It answered 500\. a bc{297}$/);
  expect(shown("")).toBe("It answered 500.");
  expect(shown(`${"c".repeat(295)}sk_1`, "sk_1")).toBe(`It answered 500. ${"c".repeat(295)}(API `);
  const odd = 'a"\\b';
  expect(shown(JSON.stringify({ header: `Bearer ${odd}` }), odd)).toBe(
    'It answered 500. {"header":"Bearer (API key)"}',
  );
  // As PHP and Go write it in JSON, and as it is in a URL.
  for (const [text, key] of [
    ['{"key":"a\\/b+c="}', "a/b+c="],
    ['{"key":"a\\u0026\\u003cb"}', "a&<b"],
    ['{"key":"a\\u0026\\u003Cb"}', "a&<b"],
    ['{"key":"a%2Fb%2Bc%3D"}', "a/b+c="],
  ] as const)
    expect(shown(text, key), text).toBe('It answered 500. {"key":"(API key)"}');
});

test("Stripe gets one meter event a request, with the event's id as identifier", () => {
  const { headers, body } = stripe.request([{ ...event, customer: "cus_1&x=1" }], destination);
  expect(Object.fromEntries(headers)["content-type"]).toBe("application/x-www-form-urlencoded");
  expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
    event_name: "latchkey.usage",
    "payload[stripe_customer_id]": "cus_1&x=1",
    "payload[value]": "12",
    identifier: eventId(event),
    timestamp: String(HOUR / 1_000),
  });
  expect(stripe.maxEvents).toBe(1);
  expect(stripe.maxAgeMs).toBeLessThan(35 * DAY_MS);
});

const stripeError = (status: number, error: object) => ({ status, body: JSON.stringify({ error }) });

test("Stripe's error for a repeated identifier means that it has the event", () => {
  const repeated = `An event already exists with identifier ${eventId(event)}.`;
  expect(stripe.read(stripeError(400, { message: repeated }), [event])).toEqual({ kind: "accepted" });
  expect(stripe.read(stripeError(409, { code: "duplicate_meter_event" }), [event])).toEqual({
    kind: "accepted",
  });
  // About another one.
  expect(
    stripe.read(stripeError(400, { message: "An event already exists with identifier x" }), [event]).kind,
  ).toBe("sorted");
});

test("Stripe rejects an event with 400; its other errors are about the request", () => {
  const reading = stripe.read(stripeError(400, { message: "No such customer" }), [event]);
  expect(reading).toEqual({ kind: "sorted", known: new Set(), rejected: new Map([[0, "No such customer"]]) });
  for (const status of [401, 402, 403, 404, 409, 429, 500, 503])
    expect(stripe.read(stripeError(status, { message: "no" }), [event]).kind).toBe("failed");
  for (const body of ["", "<html>", "[]", '{"error":null}', '{"error":{"message":7}}'])
    expect(stripe.read({ status: 400, body }, [event]).kind).toBe("failed");
});

test("Lago gets batches, and names the events that it has or can't store", () => {
  const events = [1, 2, 3].map((seq) => ({ ...event, seq, keyId: `key_${seq}`, customer: "sub_1" }));
  const { body } = lago.request(events, destination);
  expect(JSON.parse(body).events[0]).toEqual({
    transaction_id: eventId({ ...event, keyId: "key_1" }),
    external_subscription_id: "sub_1",
    code: "latchkey.usage",
    timestamp: HOUR / 1_000,
    properties: {
      units: 12,
      requests: 3,
      projectId: "prj_1",
      keyId: "key_1",
      api: "chat",
      operation: "messages.send",
      environment: "live",
    },
  });
  const answer = (error_details: unknown, status = 422) =>
    lago.read({ status, body: JSON.stringify({ error: "Unprocessable Entity", error_details }) }, events);
  expect(
    answer({ 0: { transaction_id: ["value_already_exist"] }, 2: { code: ["metric_not_found"] } }),
  ).toEqual({
    kind: "sorted",
    known: new Set([0]),
    rejected: new Map([[2, '{"code":["metric_not_found"]}']]),
  });
  expect(answer({ 0: { transaction_id: ["value_already_exist", "value_is_mandatory"] } }).kind).toBe(
    "sorted",
  );
  for (const details of [{}, null, [], { 3: {} }, { x: {} }, { "-1": {} }, { 1e3: {} }])
    expect(answer(details).kind).toBe("failed");
  expect(answer({ 0: {} }, 500).kind).toBe("failed");
});

test("a test event bills nothing, and names a customer where the receiver needs one", () => {
  expect(JSON.parse(cloudevents.test(destination, HOUR, null)?.body ?? "")[0].type).toBe(
    "latchkey.usage.test",
  );
  for (const adapter of [stripe, lago]) expect(adapter.test(destination, HOUR, null)).toBeNull();
  expect(new URLSearchParams(stripe.test(destination, HOUR, "cus_1")?.body).get("payload[value]")).toBe("0");
  expect(JSON.parse(lago.test(destination, HOUR, "sub_1")?.body ?? "").events[0].properties.units).toBe(0);
});
