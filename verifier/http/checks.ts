import { answer, bearerOf, failureReply, unauthorized, type VerifyRequest } from "#engine/check/answer.ts";
import type { CheckObserver } from "#engine/check/check.ts";
import { MAX_CHECK_BODY_BYTES } from "#engine/check/check-input.ts";
import { problem, type Reply } from "#engine/check/reply.ts";
import { nextRequestId } from "#engine/check/request-id.ts";
import { TracedChecks, tracedRequest } from "#engine/check/traced.ts";
import { VerdictUnavailable } from "#engine/check/verdict-unavailable.ts";
import { chain, rejectOnThrow } from "#platform/maybe-promise.ts";
import { answerGate } from "../gate/answer.ts";
import { noVerdict } from "../gate/reply.ts";
import type { CheckRequestKind } from "../metrics/latency.ts";
import { type HttpCall, reject, send } from "./http-call.ts";

export const VERIFY_PATH = "/api/v1/keys/verify";
export const GATE_PATH = "/api/v1/gate/";
export const BATCH_PATH = "/api/v1/keys/verify/batch";

const ROUTES: Record<CheckRequestKind, string> = { single: VERIFY_PATH, batch: BATCH_PATH, gate: GATE_PATH };

/** A request for verdicts. */
interface CheckCall {
  http: HttpCall;
  kind: CheckRequestKind;
  /** By the monotonic clock, ms. */
  arrivedAt: number;
}

/** Answers a request for verdicts, unless there is too much load. */
export function answerCheck(http: HttpCall, kind: CheckRequestKind): void {
  const call = { http, kind, arrivedAt: performance.now() };
  http.context.loadShedder.submit(
    () => (kind === "gate" ? gate(call) : verify(call)),
    () => rejectOverload(call),
  );
}

/** What a path asks for; null if it is not a request for verdicts. */
export function checkKindOf(path: string): CheckRequestKind | null {
  if (path === VERIFY_PATH) return "single";
  if (path === BATCH_PATH) return "batch";
  return path.startsWith(GATE_PATH) ? "gate" : null;
}

/** Created once: many requests are rejected with it, and its stack is the same for all. */
const OVERLOADED = new VerdictUnavailable("overloaded");

/** Rejects a request that exceeds the verifier's capacity, without reading it. */
function rejectOverload(call: CheckCall): void {
  const { http, kind } = call;
  const { context } = http;
  http.discardBody();
  const requestId = nextRequestId();
  // Also counted if the client disconnects before it gets the response.
  context.observer.failed(503, OVERLOADED, requestId);
  context.delayedRejection.delay(http, () => {
    const headers = { "Retry-After": "1" };
    const detail = "The verifier is overloaded. Retry, or run more verifiers.";
    const reply =
      kind === "gate" ? noVerdict("UNAVAILABLE", requestId) : problem(503, requestId, detail, { headers });
    send(http, reply);
  });
}

function verify(call: CheckCall): void {
  const { http } = call;
  if (http.method !== "POST") {
    reject(http, problem(405, nextRequestId(), "Use POST.", { headers: { Allow: "POST" } }));
    return;
  }
  const maxBytes = call.kind === "batch" ? MAX_CHECK_BODY_BYTES.batch : MAX_CHECK_BODY_BYTES.single;
  const tooLarge = () => {
    const detail = `The body may have at most ${maxBytes} bytes.`;
    reject(http, problem(413, nextRequestId(), detail));
  };
  if (!http.isComplete && Number(http.headers["content-length"] ?? 0) > maxBytes) {
    tooLarge();
    return;
  }
  const read = () => http.readBody(maxBytes, tooLarge, (body) => answerBody(call, body));
  if (http.isComplete) read();
  else whenAuthorized(http, read);
}

/** Buffers nothing for a client that sends its body slowly and has no valid service token. */
function whenAuthorized(http: HttpCall, next: () => void): void {
  const fail = (error: unknown) => reject(http, failureReply(error, nextRequestId()), error);
  const pending = rejectOnThrow(() =>
    chain(http.context.engine.serviceTokens.find(bearerOf(http.headers.authorization)), (service) =>
      service === null ? fail(unauthorized()) : next(),
    ),
  );
  if (pending instanceof Promise) pending.catch(fail);
}

function answerBody(call: CheckCall, body: Buffer): void {
  const { headers, context } = call.http;
  const request: VerifyRequest = {
    batch: call.kind === "batch",
    authorization: headers.authorization,
    contentType: headers["content-type"],
    contentEncoding: headers["content-encoding"],
    idempotencyKey: textOf(headers["idempotency-key"]),
    body,
  };
  const { observer, respond } = observed(call);
  answer(context.engine, request, observer, respond);
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(", ") : header;
}

/** Answers a gateway. The body that its request may carry is discarded unread. */
function gate(call: CheckCall): void {
  const { http } = call;
  const { observer, respond } = observed(call);
  answerGate(http.context.engine, http, observer, respond);
  http.discardBody();
}

/** Sends the reply, measures the latency and, if enabled, traces the request. */
function observed(call: CheckCall): { observer: CheckObserver; respond: (reply: Reply) => void } {
  const { http, kind, arrivedAt } = call;
  const { context } = http;
  const { tracing } = context;
  const traced = tracing ? new TracedChecks(context.observer) : null;
  return {
    observer: traced ?? context.observer,
    respond(reply) {
      send(http, reply);
      context.metrics.took(kind, performance.now() - arrivedAt);
      if (tracing && traced) tracing.record(traceOf(call, reply, traced));
    },
  };
}

function traceOf({ http, kind, arrivedAt }: CheckCall, reply: Reply, { checks }: TracedChecks) {
  return tracedRequest({
    route: ROUTES[kind],
    method: http.method,
    headers: http.headers,
    status: reply.status,
    requestId: reply.headers["X-Request-Id"] ?? "",
    startedAt: arrivedAt,
    batch: kind === "batch",
    checks,
  });
}
