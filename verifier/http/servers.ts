import { createHash, timingSafeEqual } from "node:crypto";
import type { Server } from "node:http";
import { transportHeaders } from "#core/transport-headers.ts";
import type { CheckObserver } from "#engine/check/check.ts";
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
import { type HttpCall, type Process, reject, type ServerContext, send } from "./send.ts";

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
  const context: ServerContext = {
    ...process,
    responseHeaders,
    observer: observerOf(process.metrics),
    // Responses are sent once the journal line of this turn of the event loop is written.
    loadShedder: new LoadShedder({ begun: () => process.engine.journal.flush() }),
    delayedRejection: new DelayedRejection(),
  };
  const options = { ...patience, responseHeaders, maxHeaderSize: HEADERS_MOST_BYTES };
  const make = (answer: typeof route) => () => {
    const server = createHttpServer(options, (req, res) => answer({ context, req, res }));
    server.maxRequestsPerSocket = 0;
    return server;
  };
  return { checks: make(route), metrics: make(routeMetrics) };
}

/** Counts every verdict, and logs the requests that failed without one. */
function observerOf(metrics: Metrics): CheckObserver {
  const failures = new FailureLog(log);
  return {
    answered: (code, api) => metrics.answered(code, api),
    failed(status, error, requestId) {
      metrics.failed(status);
      failures.note(status, error, requestId);
    },
  };
}

function route(call: HttpCall): void {
  const { context, req } = call;
  req.url = originForm(req.url ?? "/");
  const path = pathOf(req.url);
  if (checks(call, path)) return;
  // Without a token, no caller at this port may read the metrics.
  if (path === "/metrics" && context.metricsToken !== undefined) answerMetrics(call);
  else answerProbe(call, path);
}

/** The metrics port answers no checks. */
function routeMetrics(call: HttpCall): void {
  const path = pathOf(originForm(call.req.url ?? "/"));
  if (path === "/metrics") answerMetrics(call);
  else answerProbe(call, path);
}

function answerProbe(call: HttpCall, path: string): void {
  if (path in PROBES) readOnly(call, PROBES[path as keyof typeof PROBES]);
  else reject(call, problem(404, nextRequestId(), "Nothing answers at this address."));
}

const PROBES = {
  "/livez": () => plain(200, "ok\n"),
  "/readyz": ({ engine, stopping }: ServerContext) => {
    const why = stopping() ? "the verifier is ending" : engine.trouble;
    if (why !== null) return plain(503, `not ready: ${why}\n`);
    // Keys without limits are answered all the same: to take every verifier out would end those too.
    return plain(
      200,
      engine.limiter.trouble === null ? "ok\n" : `ok, but for limits: ${engine.limiter.trouble}\n`,
    );
  },
};

/** Responds with the metrics. If a token is configured, the caller must send it. */
function answerMetrics(call: HttpCall): void {
  const { metrics, metricsToken } = call.context;
  if (metricsToken !== undefined && !isBearer(call.req.headers.authorization, metricsToken)) {
    const headers = { "WWW-Authenticate": "Bearer" };
    const more = { title: "The metrics token is needed", headers };
    reject(call, problem(401, nextRequestId(), "Send the value of LATCHKEY_METRICS_TOKEN.", more));
    return;
  }
  readOnly(call, async () => ({
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

function readOnly(call: HttpCall, reply: (context: ServerContext) => Reply | Promise<Reply>): void {
  const { method } = call.req;
  if (method !== "GET" && method !== "HEAD") {
    const headers = { Allow: "GET, HEAD" };
    reject(call, problem(405, nextRequestId(), "Only to be read: ask with GET.", { headers }));
    return;
  }
  Promise.resolve(reply(call.context)).then(
    (done) => send(call, done),
    (error: unknown) => {
      const requestId = nextRequestId();
      const detail = "Something broke here. The request's id finds it in the log.";
      reject(call, problem(500, requestId, detail), error);
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

/** The path without the query, which is ignored here. */
function pathOf(url: string): string {
  const query = url.indexOf("?");
  return query === -1 ? url : url.slice(0, query);
}
