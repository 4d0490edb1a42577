import type { IncomingMessage, ServerResponse } from "node:http";
import type { CheckObserver } from "#engine/check/check.ts";
import type { Reply } from "#engine/check/reply.ts";
import type { Engine } from "#engine/engine.ts";
import type { Tracing } from "#platform/tracing/tracing.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { DelayedRejection } from "./delayed-rejection.ts";
import type { LoadShedder } from "./load-shedder.ts";

/** What a verifier's servers need from their process. */
export interface Process {
  engine: Engine;
  metrics: Metrics;
  /** True once the process is stopping: not ready, and every connection closes after its response. */
  stopping: () => boolean;
  /** Traces requests for verdicts. */
  tracing?: Tracing | null;
  /** Where services reach the verifier. With https, responses carry HSTS. */
  publicUrl?: string;
  /** The bearer token for metrics. Undefined: only the metrics port serves them, without a token. */
  metricsToken?: string | undefined;
}

/** What all requests to a verifier share. */
export interface ServerContext extends Process {
  observer: CheckObserver;
  loadShedder: LoadShedder;
  delayedRejection: DelayedRejection;
  openApi: () => Reply;
  /** Headers of every response. */
  responseHeaders: Record<string, string>;
}

/** One HTTP request and its response. */
export interface HttpCall {
  context: ServerContext;
  req: IncomingMessage;
  res: ServerResponse;
}

/** Responds without reading the rest of the request, and closes the connection. */
export function reject(call: HttpCall, reply: Reply, error?: unknown): void {
  const { context, req, res } = call;
  context.observer.failed(reply.status, error, reply.headers["X-Request-Id"] ?? "");
  res.shouldKeepAlive = false;
  send(call, reply);
  req.resume();
}

export function send({ context, req, res }: HttpCall, reply: Reply): void {
  if (context.stopping()) res.shouldKeepAlive = false;
  const length = { "Content-Length": Buffer.byteLength(reply.body) };
  res.writeHead(reply.status, { ...context.responseHeaders, ...reply.headers, ...length });
  res.end(req.method === "HEAD" ? undefined : reply.body);
}
