import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { DAY_MS } from "#core/time.ts";

interface Answer {
  status: number;
  body: unknown;
}

/** A request as a receiver reads it. */
interface ReceivedRequest {
  method: string;
  path: string;
  authorization: string;
  contentType: string;
  body: string;
}

/** `unanswered`: the receiver stores the request, and its answer is lost. */
type Outcome = "answered" | "unanswered";

/** A billing system that takes requests as its documentation says, and rejects all others. */
async function startBilling(answer: (request: ReceivedRequest) => Answer) {
  const outcomes: Outcome[] = [];
  const answers: Answer[] = [];
  const server = createServer(async (request, response) => {
    const result = answer({
      method: request.method ?? "",
      path: request.url ?? "",
      authorization: request.headers.authorization ?? "",
      contentType: request.headers["content-type"] ?? "",
      body: await textOf(request),
    });
    answers.push(result);
    if (outcomes.shift() === "unanswered") return void request.socket.destroy();
    response.writeHead(result.status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(result.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    /** What it answered so far. */
    answers,
    /** What happens to the next requests. */
    next: (...more: Outcome[]) => void outcomes.push(...more),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/**
 * Stripe's `POST /v1/billing/meter_events`: an event in a form, identifiers unique for 24 hours, timestamps of the past
 * 35 days or up to 5 minutes ahead, errors as `{ error: { type, code, message, param } }`.
 */
export async function startStripe(options: {
  key: string;
  eventName: string;
  customers: string[];
  now: () => number;
}) {
  const { key, eventName, customers, now } = options;
  const events = new Map<string, { customer: string; value: number; at: number }>();
  const error = (status: number, message: string, more: object = {}): Answer => ({
    status,
    body: { error: { type: "invalid_request_error", message, ...more } },
  });
  const receive = ({ method, path, authorization, contentType, body }: ReceivedRequest): Answer => {
    if (authorization !== `Bearer ${key}`) return error(401, "Invalid API Key provided: sk_test_****");
    if (`${method} ${path}` !== "POST /v1/billing/meter_events")
      return error(404, `Unrecognized request URL (${method}: ${path}).`);
    if (contentType !== "application/x-www-form-urlencoded") return error(400, "Invalid request body.");
    const form = new URLSearchParams(body);
    const known = ["event_name", "payload[stripe_customer_id]", "payload[value]", "identifier", "timestamp"];
    for (const name of form.keys())
      if (!known.includes(name))
        return error(400, `Received unknown parameter: ${name}`, { code: "parameter_unknown", param: name });
    const [name, customer, value, identifier, timestamp] = known.map((each) => form.get(each) ?? "");
    if (name !== eventName)
      return error(400, `No active meter found for event name ${name}.`, { code: "archived_meter" });
    if (!identifier || identifier.length > 100) return error(400, "Invalid identifier.");
    const at = Number(timestamp) * 1_000;
    if (!(at >= now() - 35 * DAY_MS && at <= now() + 300_000))
      return error(400, "The timestamp must be within the past 35 calendar days.", {
        code: "timestamp_too_far_in_past",
      });
    if (!/^\d+$/.test(value ?? ""))
      return error(400, "Invalid value.", { code: "meter_event_invalid_value" });
    const before = events.get(identifier);
    if (before !== undefined && now() - before.at < DAY_MS)
      return error(400, `An event already exists with identifier ${identifier}.`);
    if (!customer || !customers.includes(customer))
      return error(400, `No such customer: '${customer}'`, { code: "resource_missing", param: "payload" });
    // An identifier that was forgotten is a second bill.
    const sum = (before?.value ?? 0) + Number(value);
    events.set(identifier, { customer, value: sum, at: now() });
    return {
      status: 200,
      body: {
        object: "billing.meter_event",
        created: Math.floor(now() / 1_000),
        event_name: name,
        identifier,
        livemode: false,
        payload: { value, stripe_customer_id: customer },
        timestamp: Number(timestamp),
      },
    };
  };
  return {
    ...(await startBilling(receive)),
    /** Billed units by customer. */
    billed: () => sumOf([...events.values()].map(({ customer, value }) => [customer, value])),
  };
}

/**
 * Lago's `POST /api/v1/events/batch`: at most 100 events as JSON, all stored or none, `transaction_id` unique for ever,
 * errors as `{ status, error, code, error_details }` by place in the batch.
 */
export async function startLago(options: { key: string; code: string; subscriptions: string[] }) {
  const { key, code, subscriptions } = options;
  const events = new Map<string, { subscription: string; units: number }>();
  const receive = ({ method, path, authorization, contentType, body }: ReceivedRequest): Answer => {
    if (authorization !== `Bearer ${key}`)
      return { status: 401, body: { status: 401, error: "Unauthorized" } };
    if (`${method} ${path}` !== "POST /api/v1/events/batch" || contentType !== "application/json")
      return { status: 404, body: { status: 404, error: "Not Found" } };
    const { events: batch } = JSON.parse(body) as { events: LagoEvent[] };
    const details: Record<number, object> = {};
    const wrong = (at: number, field: string, why: string) => {
      details[at] = { ...details[at], [field]: [why] };
    };
    if (batch.length === 0 || batch.length > 100)
      return unprocessable({ events: [batch.length === 0 ? "no_events" : "too_many_events"] });
    for (const [at, event] of batch.entries()) {
      if (events.has(event.transaction_id)) wrong(at, "transaction_id", "value_already_exist");
      if (event.code !== code) wrong(at, "code", "metric_not_found");
      if (!subscriptions.includes(event.external_subscription_id))
        wrong(at, "external_subscription_id", "subscription_not_found");
      if (!Number.isInteger(event.timestamp)) wrong(at, "timestamp", "invalid_format");
    }
    if (Object.keys(details).length > 0) return unprocessable(details);
    for (const { transaction_id, external_subscription_id, properties } of batch)
      events.set(transaction_id, { subscription: external_subscription_id, units: properties.units });
    return {
      status: 200,
      body: { events: batch.map((event) => ({ lago_id: event.transaction_id, ...event })) },
    };
  };
  return {
    ...(await startBilling(receive)),
    /** Billed units by subscription. */
    billed: () => sumOf([...events.values()].map(({ subscription, units }) => [subscription, units])),
  };
}

interface LagoEvent {
  transaction_id: string;
  external_subscription_id: string;
  code: string;
  timestamp: number;
  properties: { units: number };
}

function unprocessable(details: object): Answer {
  const body = {
    status: 422,
    error: "Unprocessable Entity",
    code: "validation_errors",
    error_details: details,
  };
  return { status: 422, body };
}

function sumOf(parts: [name: string, units: number][]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, units] of parts) sums[name] = (sums[name] ?? 0) + units;
  return sums;
}
