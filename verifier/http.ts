import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Asked, answer, BODY_MOST, type Watch } from "./answer.ts";
import type { Engine } from "./engine.ts";
import { FailureLog } from "./failures.ts";
import { answerGate } from "./gate/answer.ts";
import { log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { problem, type Reply } from "./reply.ts";
import { nextRequestId } from "./request-id.ts";
import { TracedChecks, tracedRequest } from "./traced.ts";
import type { Tracing } from "./tracing.ts";

export const VERIFY_PATH = "/api/v1/keys/verify";
export const GATE_PATH = "/api/v1/gate/";
export const BATCH_PATH = "/api/v1/keys/verify/batch";

/** What the server asks of the process around it. */
interface Process {
  engine: Engine;
  metrics: Metrics;
  /** True once the process is ending: not ready, and every connection ends with its answer. */
  stopping: () => boolean;
  /** Who is told of each request for verdicts; nobody when left out. */
  tracing?: Tracing | null;
}

interface Surroundings extends Process {
  watch: Watch;
}

/** The verifier's HTTP server: checks, and what those who run it ask. */
export function createVerifierServer(process: Process): Server {
  const around = { ...process, watch: watchOf(process.metrics) };
  const server = createServer(
    {
      // A check is a small request: whoever takes longer to send one is slow on purpose or broken.
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16_384,
      connectionsCheckingInterval: 1_000,
    },
    (req, res) => route(around, req, res),
  );
  server.maxRequestsPerSocket = 0;
  return server;
}

/** Counts every answer, and notes the requests that got none. */
function watchOf(metrics: Metrics): Watch {
  const failures = new FailureLog(log);
  return {
    answered: (code, api) => metrics.answered(code, api),
    failed(status, error, requestId) {
      metrics.failed(status);
      failures.note(status, error, requestId);
    },
  };
}

function route(around: Surroundings, req: IncomingMessage, res: ServerResponse): void {
  const path = pathOf(req.url ?? "/");
  if (path === VERIFY_PATH) verify(around, req, res, false);
  else if (path === BATCH_PATH) verify(around, req, res, true);
  else if (path.startsWith(GATE_PATH)) gate(around, req, res);
  else if (path in READ_ONLY) readOnly(around, req, res, READ_ONLY[path as keyof typeof READ_ONLY]);
  else refuse(around, req, res, problem(404, nextRequestId(), "Nothing answers at this address."));
}

const READ_ONLY = {
  "/livez": () => plain(200, "ok\n"),
  "/readyz": ({ engine, stopping }: Surroundings) => {
    const why = stopping() ? "the verifier is ending" : engine.trouble;
    if (why !== null) return plain(503, `not ready: ${why}\n`);
    // Keys without limits are answered all the same: to take every verifier out would end those too.
    return plain(
      200,
      engine.limiter.trouble === null ? "ok\n" : `ok, but for limits: ${engine.limiter.trouble}\n`,
    );
  },
  "/metrics": async ({ metrics }: Surroundings) => ({
    status: 200,
    headers: { "Content-Type": metrics.contentType },
    body: await metrics.text(),
  }),
};

function verify(around: Surroundings, req: IncomingMessage, res: ServerResponse, batch: boolean): void {
  const arrivedAt = performance.now();
  if (req.method !== "POST") {
    const headers = { Allow: "POST" };
    refuse(around, req, res, problem(405, nextRequestId(), "Ask with POST.", { headers }));
    return;
  }
  const most = batch ? BODY_MOST.batch : BODY_MOST.single;
  const tooLarge = () => {
    const detail = `The body may have at most ${most} bytes.`;
    refuse(around, req, res, problem(413, nextRequestId(), detail));
  };
  if (Number(req.headers["content-length"] ?? 0) > most) {
    tooLarge();
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  req.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
    else if (!res.headersSent) tooLarge();
  });
  req.on("end", () => {
    if (size > most) return;
    const asked: Asked = {
      batch,
      authorization: req.headers.authorization,
      contentType: req.headers["content-type"],
      body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks),
    };
    const { tracing } = around;
    const traced = tracing ? new TracedChecks(around.watch) : null;
    answer(around.engine, asked, traced ?? around.watch, (reply) => {
      send(around, req, res, reply);
      around.metrics.took(batch ? "batch" : "single", performance.now() - arrivedAt);
      const route = batch ? BATCH_PATH : VERIFY_PATH;
      if (tracing && traced) tracing.tell(traceOf(req, reply, arrivedAt, traced, route));
    });
  });
}

/** Whatever the gateway's request carries as a body is not read, and thrown away. */
function gate(around: Surroundings, req: IncomingMessage, res: ServerResponse): void {
  const arrivedAt = performance.now();
  const asked = { method: req.method ?? "GET", url: req.url ?? "/", headers: req.headers };
  const { tracing } = around;
  const traced = tracing ? new TracedChecks(around.watch) : null;
  answerGate(around.engine, asked, traced ?? around.watch, (reply) => {
    send(around, req, res, reply);
    around.metrics.took("gate", performance.now() - arrivedAt);
    if (tracing && traced) tracing.tell(traceOf(req, reply, arrivedAt, traced, GATE_PATH));
  });
  req.resume();
}

function traceOf(req: IncomingMessage, reply: Reply, arrivedAt: number, traced: TracedChecks, route: string) {
  const answered = { status: reply.status, requestId: reply.headers["X-Request-Id"] ?? "" };
  const { checks } = traced;
  const batch = route === BATCH_PATH;
  return tracedRequest(route, req.method ?? "", req.headers, answered, arrivedAt, { checks, batch });
}

function readOnly(
  around: Surroundings,
  req: IncomingMessage,
  res: ServerResponse,
  reply: (around: Surroundings) => Reply | Promise<Reply>,
): void {
  if (req.method !== "GET" && req.method !== "HEAD") {
    const headers = { Allow: "GET, HEAD" };
    refuse(around, req, res, problem(405, nextRequestId(), "Only to be read: ask with GET.", { headers }));
    return;
  }
  Promise.resolve(reply(around)).then(
    (done) => send(around, req, res, done),
    (error: unknown) => {
      const requestId = nextRequestId();
      const detail = "Something broke here. The request's id finds it in the log.";
      refuse(around, req, res, problem(500, requestId, detail), error);
    },
  );
}

/** Answers without reading what may still come: the connection ends with it. */
function refuse(
  around: Surroundings,
  req: IncomingMessage,
  res: ServerResponse,
  reply: Reply,
  error?: unknown,
): void {
  around.watch.failed(reply.status, error, reply.headers["X-Request-Id"] ?? "");
  res.shouldKeepAlive = false;
  send(around, req, res, reply);
  req.resume();
}

function send({ stopping }: Surroundings, req: IncomingMessage, res: ServerResponse, reply: Reply): void {
  if (stopping()) res.shouldKeepAlive = false;
  res.writeHead(reply.status, { ...reply.headers, "Content-Length": Buffer.byteLength(reply.body) });
  res.end(req.method === "HEAD" ? undefined : reply.body);
}

function plain(status: number, body: string): Reply {
  return {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
    body,
  };
}

/** The path, freed of a query, which means nothing here. */
function pathOf(url: string): string {
  const query = url.indexOf("?");
  return query === -1 ? url : url.slice(0, query);
}
