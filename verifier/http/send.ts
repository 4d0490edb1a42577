import type { IncomingMessage, ServerResponse } from "node:http";
import type { CheckObserver } from "#engine/check/answer.ts";
import type { Reply } from "#engine/check/reply.ts";
import type { Engine } from "#engine/engine.ts";
import type { Tracing } from "#platform/tracing/tracing.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { DelayedRejection } from "./delayed-rejection.ts";
import type { LoadShedder } from "./load-shedder.ts";

/** What the server asks of the process around it. */
export interface Process {
  engine: Engine;
  metrics: Metrics;
  /** True once the process is ending: not ready, and every connection ends with its answer. */
  stopping: () => boolean;
  /** Who is told of each request for verdicts; nobody when left out. */
  tracing?: Tracing | null;
  /** Where services reach the verifier. With https, responses carry HSTS. */
  publicUrl?: string;
  /** What a caller has to send for the metrics. Undefined: only the metrics' own port has them, without it. */
  metricsToken?: string | undefined;
}

/** The same, with what its servers have in common. */
export interface Surroundings extends Process {
  watch: CheckObserver;
  admission: LoadShedder;
  heldBack: DelayedRejection;
  /** Headers of every response. */
  responseHeaders: Record<string, string>;
}

/** Answers without reading what may still come: the connection ends with it. */
export function refuse(
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

export function send(
  { stopping, responseHeaders }: Surroundings,
  req: IncomingMessage,
  res: ServerResponse,
  reply: Reply,
): void {
  if (stopping()) res.shouldKeepAlive = false;
  const length = { "Content-Length": Buffer.byteLength(reply.body) };
  res.writeHead(reply.status, { ...responseHeaders, ...reply.headers, ...length });
  res.end(req.method === "HEAD" ? undefined : reply.body);
}
