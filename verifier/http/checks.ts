import { VerdictUnavailable } from "#engine/cache/fill-gate.ts";
import { answer, bearerOf, failureReply, unauthorised, type VerifyRequest } from "#engine/check/answer.ts";
import type { CheckObserver } from "#engine/check/check.ts";
import { MAX_BODY_BYTES } from "#engine/check/question.ts";
import { problem, type Reply } from "#engine/check/reply.ts";
import { nextRequestId } from "#engine/check/request-id.ts";
import { TracedChecks, tracedRequest } from "#engine/check/traced.ts";
import { attempt, chain } from "#platform/maybe-promise.ts";
import { answerGate } from "../gate/answer.ts";
import { noVerdict } from "../gate/reply.ts";
import type { RequestKind } from "../metrics/latency.ts";
import { discard, readBody } from "./body.ts";
import { type HttpCall, reject, send } from "./send.ts";

export const VERIFY_PATH = "/api/v1/keys/verify";
export const GATE_PATH = "/api/v1/gate/";
export const BATCH_PATH = "/api/v1/keys/verify/batch";

const ROUTES: Record<RequestKind, string> = { single: VERIFY_PATH, batch: BATCH_PATH, gate: GATE_PATH };

/** A request for verdicts. */
interface CheckCall extends HttpCall {
  kind: RequestKind;
  /** By the monotonic clock, ms. */
  arrivedAt: number;
}

/** Answers a request for verdicts; returns false for any other path. */
export function checks({ context, req, res }: HttpCall, path: string): boolean {
  const kind = kindOf(path);
  if (kind === null) return false;
  const call = { context, req, res, kind, arrivedAt: performance.now() };
  context.loadShedder.submit(
    () => (kind === "gate" ? gate(call) : verify(call)),
    () => rejectOverload(call),
  );
  return true;
}

function kindOf(path: string): RequestKind | null {
  if (path === VERIFY_PATH) return "single";
  if (path === BATCH_PATH) return "batch";
  return path.startsWith(GATE_PATH) ? "gate" : null;
}

/** Created once: many requests are rejected with it, and its stack is the same for all. */
const OVERLOADED = new VerdictUnavailable("overloaded");

/** Rejects a request that exceeds the verifier's capacity, without reading it. */
function rejectOverload(call: CheckCall): void {
  const { context, req, res, kind } = call;
  discard(req);
  const requestId = nextRequestId();
  // Also counted if the client disconnects before it gets the response.
  context.observer.failed(503, OVERLOADED, requestId);
  context.delayedRejection.delay(res, () => {
    const headers = { "Retry-After": "1" };
    const detail = "The verifier is overloaded. Retry, or run more verifiers.";
    const reply =
      kind === "gate" ? noVerdict("UNAVAILABLE", requestId) : problem(503, requestId, detail, { headers });
    send(call, reply);
  });
}

function verify(call: CheckCall): void {
  const { req } = call;
  if (req.method !== "POST") {
    reject(call, problem(405, nextRequestId(), "Use POST.", { headers: { Allow: "POST" } }));
    return;
  }
  const maxBytes = call.kind === "batch" ? MAX_BODY_BYTES.batch : MAX_BODY_BYTES.single;
  const tooLarge = () => {
    const detail = `The body may have at most ${maxBytes} bytes.`;
    reject(call, problem(413, nextRequestId(), detail));
  };
  if (!req.complete && Number(req.headers["content-length"] ?? 0) > maxBytes) {
    tooLarge();
    return;
  }
  const read = () => readBody(req, maxBytes, tooLarge, (body) => answerBody(call, body));
  if (req.complete) read();
  else whenAuthorized(call, read);
}

/** Buffers nothing for a client that sends its body slowly and has no valid service token. */
function whenAuthorized(call: CheckCall, next: () => void): void {
  const fail = (error: unknown) => reject(call, failureReply(error, nextRequestId()), error);
  const pending = attempt(() =>
    chain(call.context.engine.serviceOf(bearerOf(call.req.headers.authorization)), (service) =>
      service === null ? fail(unauthorised()) : next(),
    ),
  );
  if (pending instanceof Promise) pending.catch(fail);
}

function answerBody(call: CheckCall, body: Buffer): void {
  const { headers } = call.req;
  const request: VerifyRequest = {
    batch: call.kind === "batch",
    authorization: headers.authorization,
    contentType: headers["content-type"],
    contentEncoding: headers["content-encoding"],
    idempotencyKey: textOf(headers["idempotency-key"]),
    body,
  };
  const { observer, respond } = observed(call);
  answer(call.context.engine, request, observer, respond);
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(", ") : header;
}

/** Answers a gateway. The body that its request may carry is discarded unread. */
function gate(call: CheckCall): void {
  const { req, context } = call;
  const request = { method: req.method ?? "GET", url: req.url ?? "/", headers: req.headers };
  const { observer, respond } = observed(call);
  answerGate(context.engine, request, observer, respond);
  discard(req);
}

/** Sends the reply, measures the latency and, if enabled, traces the request. */
function observed(call: CheckCall): { observer: CheckObserver; respond: (reply: Reply) => void } {
  const { context, kind, arrivedAt } = call;
  const { tracing } = context;
  const traced = tracing ? new TracedChecks(context.observer) : null;
  return {
    observer: traced ?? context.observer,
    respond(reply) {
      send(call, reply);
      context.metrics.took(kind, performance.now() - arrivedAt);
      if (tracing && traced) tracing.record(traceOf(call, reply, traced));
    },
  };
}

function traceOf({ req, kind, arrivedAt }: CheckCall, reply: Reply, { checks }: TracedChecks) {
  const answered = { status: reply.status, requestId: reply.headers["X-Request-Id"] ?? "" };
  const batch = kind === "batch";
  return tracedRequest(ROUTES[kind], req.method ?? "", req.headers, answered, arrivedAt, { checks, batch });
}
