import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { transportHeaders } from "#core/transport-headers.ts";
import type { CheckObserver } from "#engine/check/answer.ts";
import { FailureLog } from "#engine/check/failure-log.ts";
import { problem, type Reply } from "#engine/check/reply.ts";
import { nextRequestId } from "#engine/check/request-id.ts";
import { log } from "#engine/log.ts";
import { createHttpServer, originForm } from "#platform/http/create-server.ts";
import type { StallLimits } from "#platform/http/stalled-connections.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { checks } from "./checks.ts";
import { DelayedRejection } from "./delayed-rejection.ts";
import { LoadShedder } from "./load-shedder.ts";
import { type Process, refuse, type Surroundings, send } from "./send.ts";

/** How long a client is waited for, ms. */
interface Patience {
  /** From the connection, or the request's first byte, to the end of its headers. */
  headersTimeout: number;
  /** To the end of its body. */
  requestTimeout: number;
  /** Without a request: longer than the 60 s for which proxies keep a connection, so that none asks on a closed one. */
  keepAliveTimeout: number;
  /** How often they are looked at for that. */
  connectionsCheckingInterval: number;
  /** For an answer to be read. */
  stalled: StallLimits;
}

/** A check is a small request: whoever takes longer to send one is slow on purpose or broken. */
const PATIENCE: Patience = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
  stalled: { windowMs: 10_000, minBytesPerSecond: 1_024 },
};
/** Of a gateway that passes on a client's long URL, `Referer` and `Origin`, all of which may be 8 KiB or more. */
const HEADERS_MOST_BYTES = 65_536;

interface VerifierServers {
  /** Makes one of the servers for services and gateways. What one is asked counts for all. */
  checks: () => Server;
  /** Makes the server for those who run the verifier. */
  metrics: () => Server;
}

/** How to make the verifier's HTTP servers. */
export function verifierServers(process: Process, patience = PATIENCE): VerifierServers {
  const responseHeaders = transportHeaders(process.publicUrl ?? "");
  const around = {
    ...process,
    responseHeaders,
    watch: watchOf(process.metrics),
    // Answers leave with the line that is written for all of a turn.
    admission: new LoadShedder({ begun: () => process.engine.journal.flush() }),
    heldBack: new DelayedRejection(),
  };
  const options = { ...patience, responseHeaders, maxHeaderSize: HEADERS_MOST_BYTES };
  const make = (answer: typeof route) => () => {
    const server = createHttpServer(options, (req, res) => answer(around, req, res));
    server.maxRequestsPerSocket = 0;
    return server;
  };
  return { checks: make(route), metrics: make(routeMetrics) };
}

/** Counts every answer, and notes the requests that got none. */
function watchOf(metrics: Metrics): CheckObserver {
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
  req.url = originForm(req.url ?? "/");
  const path = pathOf(req.url);
  if (checks(around, req, res, path)) return;
  // Without a token, no caller at this port may read the metrics.
  const hasMetrics = around.metricsToken !== undefined;
  if (path === "/metrics" && hasMetrics) answerMetrics(around, req, res);
  else if (path in PROBES) readOnly(around, req, res, PROBES[path as keyof typeof PROBES]);
  else notFound(around, req, res);
}

/** The port for those who run the verifier takes no check. */
function routeMetrics(around: Surroundings, req: IncomingMessage, res: ServerResponse): void {
  const path = pathOf(originForm(req.url ?? "/"));
  if (path === "/metrics") answerMetrics(around, req, res);
  else if (path in PROBES) readOnly(around, req, res, PROBES[path as keyof typeof PROBES]);
  else notFound(around, req, res);
}

function notFound(around: Surroundings, req: IncomingMessage, res: ServerResponse): void {
  refuse(around, req, res, problem(404, nextRequestId(), "Nothing answers at this address."));
}

const PROBES = {
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
};

/** Answers with the metrics, to whoever sends the token where one is set. */
function answerMetrics(around: Surroundings, req: IncomingMessage, res: ServerResponse): void {
  const { metrics, metricsToken } = around;
  if (metricsToken !== undefined && !isBearer(req.headers.authorization, metricsToken)) {
    const headers = { "WWW-Authenticate": "Bearer" };
    const more = { title: "The metrics token is needed", headers };
    refuse(
      around,
      req,
      res,
      problem(401, nextRequestId(), "Send the value of LATCHKEY_METRICS_TOKEN.", more),
    );
    return;
  }
  readOnly(around, req, res, async () => ({
    status: 200,
    headers: { "Content-Type": metrics.contentType, "Cache-Control": "no-store" },
    body: await metrics.text(),
  }));
}

/** Compares in the same time whatever was sent. */
function isBearer(authorization: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(authorization?.replace(/^bearer +/i, "") ?? ""), digest(token));
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
