import type { Server } from "node:http";
import { transportHeaders } from "#core/transport-headers.ts";
import type { CheckObserver } from "#engine/check/check.ts";
import { FailureLog } from "#engine/check/failure-log.ts";
import { problem, type Reply } from "#engine/check/reply.ts";
import { nextRequestId } from "#engine/check/request-id.ts";
import { createHttpServer } from "#platform/http/create-server.ts";
import { isBearer } from "#platform/http/is-bearer.ts";
import type { StallLimits } from "#platform/http/stalled-connections.ts";
import { currentVersion } from "#platform/version.ts";
import { log } from "../log.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { answerOAuth } from "../oauth/oauth-routes.ts";
import { verifierDocument } from "../openapi.ts";
import { SyncRoutes } from "../sync/sync-routes.ts";
import { answerCheck, checkKindOf } from "./checks.ts";
import { DelayedRejection } from "./delayed-rejection.ts";
import { MAX_UNANSWERED } from "./fast-path/fast-connection.ts";
import { addFastPath } from "./fast-path/fast-path.ts";
import { type HttpCall, reject, type ServerContext, send, type VerifierProcess } from "./http-call.ts";
import { LoadShedder } from "./load-shedder.ts";
import { NodeHttpCall } from "./node-http-call.ts";

/** How long the server waits for a client, ms. */
interface Timeouts {
  /** From the connection, or the request's first byte, to the end of its headers. */
  headersTimeout: number;
  /** To the end of its body. */
  requestTimeout: number;
  /** Without a request. Longer than the 60 s for which proxies keep connections, so that a proxy never uses a closed one. */
  keepAliveTimeout: number;
  /** How often these are checked. */
  connectionsCheckingInterval: number;
  /** Of a client that does not read its response. */
  stalled: StallLimits;
}

/** A check is a small request: a client that takes longer is broken or malicious. */
const TIMEOUTS: Timeouts = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
  stalled: { windowMs: 10_000, minBytesPerSecond: 1_024 },
};
/** A gateway passes on a client's URL, `Referer` and `Origin`, each of which may be 8 KiB or more. */
const MAX_HEADERS_BYTES = 65_536;

interface VerifierServers {
  /** Creates a server for services and gateways. All of them share one load limit. */
  checks: () => Server;
  /** Creates the server for operators: metrics and probes. */
  metrics: () => Server;
}

/** The factories of the verifier's HTTP servers. */
export function verifierServers(process: VerifierProcess, timeouts = TIMEOUTS): VerifierServers {
  const responseHeaders = transportHeaders(process.publicUrl ?? "");
  const context: ServerContext = {
    ...process,
    responseHeaders,
    observer: observerOf(process.metrics),
    // Responses are sent once the journal line of this turn of the event loop is written.
    loadShedder: new LoadShedder({ onTurnBegun: () => process.engine.journal.flush() }),
    delayedRejection: new DelayedRejection(),
    openApi: openApiReply(process.publicUrl),
  };
  const options = {
    ...timeouts,
    responseHeaders,
    maxHeaderSize: MAX_HEADERS_BYTES,
    pauseAtPipelined: MAX_UNANSWERED,
  };
  const make = (answer: (call: NodeHttpCall) => void) => {
    const server = createHttpServer(options, (req, res) => answer(new NodeHttpCall(context, req, res)));
    server.maxRequestsPerSocket = 0;
    return server;
  };
  const sync = new SyncRoutes(process);
  const makeChecks = () => {
    const server = make((call) => route(call, sync));
    // A client that sends nothing more still gets its responses, as on the fast path. Node's types don't have it.
    Object.assign(server, { httpAllowHalfOpen: true });
    if (process.fastPath ?? true) addFastPath(server, { context, ...timeouts });
    return server;
  };
  return { checks: makeChecks, metrics: () => make(routeMetrics) };
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

function route(call: NodeHttpCall, sync: SyncRoutes): void {
  const { context, url } = call;
  const path = pathOf(url);
  const kind = checkKindOf(path);
  // Without a token, no caller at this port may read the metrics.
  if (kind !== null) answerCheck(call, kind);
  else if (path === "/metrics" && context.metricsToken !== undefined) answerMetrics(call);
  else if (!sync.answer(call, path) && !answerOAuth(context.oauth, call, path)) answerProbe(call, path);
}

/** The metrics port answers no checks. */
function routeMetrics(call: HttpCall): void {
  const path = pathOf(call.url);
  if (path === "/metrics") answerMetrics(call);
  else answerProbe(call, path);
}

function answerProbe(call: HttpCall, path: string): void {
  if (path in PROBES) readOnly(call, PROBES[path as keyof typeof PROBES]);
  else reject(call, problem(404, nextRequestId(), "There is no such path."));
}

/** What needs no token. */
const PROBES = {
  "/livez": () => plain(200, "ok\n"),
  "/readyz": ({ engine, stopping }: ServerContext) => {
    const why = stopping() ? "the verifier is stopping" : engine.unavailableReason;
    if (why !== null) return plain(503, `not ready: ${why}\n`);
    // Still ready: keys without limits get verdicts, and would get none if every verifier were taken out.
    return plain(
      200,
      engine.limiter.unavailableReason === null
        ? "ok\n"
        : `ok, but for limits: ${engine.limiter.unavailableReason}\n`,
    );
  },
  "/api/openapi.json": ({ openApi }: ServerContext) => openApi(),
};

/** The OpenAPI document. It is public, and created for the first request. */
function openApiReply(publicUrl = "/"): () => Reply {
  let body: string | undefined;
  return () => {
    body ??= JSON.stringify(verifierDocument(publicUrl, currentVersion()));
    return {
      status: 200,
      headers: { "Content-Type": "application/json", "Cache-Control": "no-cache" },
      body,
    };
  };
}

/** Responds with the metrics. If a token is configured, the caller must send it. */
function answerMetrics(call: HttpCall): void {
  const { metrics, metricsToken } = call.context;
  if (metricsToken !== undefined && !isBearer(call.headers.authorization, metricsToken)) {
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

function readOnly(call: HttpCall, reply: (context: ServerContext) => Reply | Promise<Reply>): void {
  const { method } = call;
  if (method !== "GET" && method !== "HEAD") {
    const headers = { Allow: "GET, HEAD" };
    reject(call, problem(405, nextRequestId(), "Use GET.", { headers }));
    return;
  }
  Promise.resolve(reply(call.context)).then(
    (done) => send(call, done),
    (error: unknown) => {
      const requestId = nextRequestId();
      const detail = "Internal error. Search the log for the request id.";
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
