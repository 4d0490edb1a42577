import type { IncomingMessage, ServerResponse } from "node:http";
import { VerdictUnavailable } from "#engine/cache/fill-gate.ts";
import { type Asked, answer, bearerOf, failureReply, unauthorised } from "#engine/check/answer.ts";
import { MAX_BODY_BYTES } from "#engine/check/question.ts";
import { problem, type Reply } from "#engine/check/reply.ts";
import { nextRequestId } from "#engine/check/request-id.ts";
import { TracedChecks, tracedRequest } from "#engine/check/traced.ts";
import { attempt, chain } from "#platform/maybe-promise.ts";
import { answerGate } from "../gate/answer.ts";
import { noVerdict } from "../gate/reply.ts";
import { discard, readBody } from "./body.ts";
import { refuse, type Surroundings, send } from "./send.ts";

export const VERIFY_PATH = "/api/v1/keys/verify";
export const GATE_PATH = "/api/v1/gate/";
export const BATCH_PATH = "/api/v1/keys/verify/batch";

/** Answers whoever asks for verdicts; false for any other path. */
export function checks(
  around: Surroundings,
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
): boolean {
  const isGate = path.startsWith(GATE_PATH);
  if (!isGate && path !== VERIFY_PATH && path !== BATCH_PATH) return false;
  const arrivedAt = performance.now();
  around.admission.ask(
    () => {
      if (isGate) gate(around, req, res, arrivedAt);
      else verify(around, req, res, arrivedAt, path === BATCH_PATH);
    },
    () => turnAway(around, req, res, isGate),
  );
  return true;
}

/** Made once: many are turned away, and where in the code is the same for all. */
const OVERLOADED = new VerdictUnavailable("overloaded");

/** More are asking than can be answered. Nothing is read of the request. */
function turnAway(around: Surroundings, req: IncomingMessage, res: ServerResponse, isGate: boolean): void {
  discard(req);
  const requestId = nextRequestId();
  // Also where the asker is gone before it is told.
  around.watch.failed(503, OVERLOADED, requestId);
  around.heldBack.hold(res, () => {
    const headers = { "Retry-After": "1" };
    const detail = "The verifier is asked more than it can answer. Ask again, or run another.";
    const reply = isGate ? noVerdict("UNAVAILABLE", requestId) : problem(503, requestId, detail, { headers });
    send(around, req, res, reply);
  });
}

function verify(
  around: Surroundings,
  req: IncomingMessage,
  res: ServerResponse,
  arrivedAt: number,
  batch: boolean,
): void {
  if (req.method !== "POST") {
    const headers = { Allow: "POST" };
    refuse(around, req, res, problem(405, nextRequestId(), "Ask with POST.", { headers }));
    return;
  }
  const most = batch ? MAX_BODY_BYTES.batch : MAX_BODY_BYTES.single;
  const tooLarge = () => {
    const detail = `The body may have at most ${most} bytes.`;
    refuse(around, req, res, problem(413, nextRequestId(), detail));
  };
  if (!req.complete && Number(req.headers["content-length"] ?? 0) > most) {
    tooLarge();
    return;
  }
  const read = () =>
    readBody(req, most, tooLarge, (body) => answerBody(around, req, res, arrivedAt, batch, body));
  if (req.complete) read();
  else whenService(around, req, res, read);
}

/** Nothing is kept of what somebody sends bit by bit who may not ask. */
function whenService(
  around: Surroundings,
  req: IncomingMessage,
  res: ServerResponse,
  goOn: () => void,
): void {
  const refused = (error: unknown) => refuse(around, req, res, failureReply(error, nextRequestId()), error);
  const asked = attempt(() =>
    chain(around.engine.serviceOf(bearerOf(req.headers.authorization)), (service) =>
      service === null ? refused(unauthorised()) : goOn(),
    ),
  );
  if (asked instanceof Promise) asked.catch(refused);
}

function answerBody(
  around: Surroundings,
  req: IncomingMessage,
  res: ServerResponse,
  arrivedAt: number,
  batch: boolean,
  body: Buffer,
): void {
  const asked: Asked = {
    batch,
    authorization: req.headers.authorization,
    contentType: req.headers["content-type"],
    contentEncoding: req.headers["content-encoding"],
    idempotencyKey: textOf(req.headers["idempotency-key"]),
    body,
  };
  const { tracing } = around;
  const traced = tracing ? new TracedChecks(around.watch) : null;
  answer(around.engine, asked, traced ?? around.watch, (reply) => {
    send(around, req, res, reply);
    around.metrics.took(batch ? "batch" : "single", performance.now() - arrivedAt);
    const route = batch ? BATCH_PATH : VERIFY_PATH;
    if (tracing && traced) tracing.tell(traceOf(req, reply, arrivedAt, traced, route));
  });
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(", ") : header;
}

/** Whatever the gateway's request carries as a body is not read, and thrown away. */
function gate(around: Surroundings, req: IncomingMessage, res: ServerResponse, arrivedAt: number): void {
  const asked = { method: req.method ?? "GET", url: req.url ?? "/", headers: req.headers };
  const { tracing } = around;
  const traced = tracing ? new TracedChecks(around.watch) : null;
  answerGate(around.engine, asked, traced ?? around.watch, (reply) => {
    send(around, req, res, reply);
    around.metrics.took("gate", performance.now() - arrivedAt);
    if (tracing && traced) tracing.tell(traceOf(req, reply, arrivedAt, traced, GATE_PATH));
  });
  discard(req);
}

function traceOf(req: IncomingMessage, reply: Reply, arrivedAt: number, traced: TracedChecks, route: string) {
  const answered = { status: reply.status, requestId: reply.headers["X-Request-Id"] ?? "" };
  const { checks } = traced;
  const batch = route === BATCH_PATH;
  return tracedRequest(route, req.method ?? "", req.headers, answered, arrivedAt, { checks, batch });
}
