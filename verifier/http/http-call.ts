import type { IncomingHttpHeaders } from "node:http";
import type { CheckObserver } from "#engine/check/check.ts";
import type { Reply } from "#engine/check/reply.ts";
import type { Engine } from "#engine/engine.ts";
import type { Tracing } from "#platform/tracing/tracing.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { OAuthContext } from "../oauth/oauth-context.ts";
import type { LocalServices } from "../sync/local-services.ts";
import type { DelayedRejection } from "./delayed-rejection.ts";
import type { LoadShedder } from "./load-shedder.ts";

/** What a verifier's servers need from their process. */
export interface VerifierProcess {
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
  /** Receives what services that verify keys in their own process report. */
  localServices?: LocalServices;
  /** Issues access tokens; undefined without a signing secret. */
  oauth?: OAuthContext | undefined;
  /** Whether common requests are read without `node:http`. True by default. */
  fastPath?: boolean;
}

/** What all requests to a verifier share. */
export interface ServerContext extends VerifierProcess {
  observer: CheckObserver;
  loadShedder: LoadShedder;
  delayedRejection: DelayedRejection;
  openApi: () => Reply;
  /** Headers of every response. */
  responseHeaders: Record<string, string>;
}

/** One HTTP request and its single response, whichever code parsed the request. */
export interface HttpCall {
  readonly context: ServerContext;
  readonly method: string;
  /** The request target in origin form. */
  readonly url: string;
  /** Shared by requests with the same headers: don't change it. */
  readonly headers: IncomingHttpHeaders;
  /** Whether the whole body has arrived. */
  readonly isComplete: boolean;
  /** Whether the client has disconnected. */
  readonly destroyed: boolean;
  /** Calls `read` with a body of at most `maxBytes`, or `tooLarge`; never if the client disconnects. */
  readBody(maxBytes: number, tooLarge: () => void, read: (body: Buffer) => void): void;
  /** Discards a body that is not read. */
  discardBody(): void;
  /** Sends the response. Without `keepAlive`, closes the connection after it. */
  respond(reply: Reply, keepAlive: boolean): void;
}

/** Responds without reading the rest of the request, and closes the connection. */
export function reject(call: HttpCall, reply: Reply, error?: unknown): void {
  call.context.observer.failed(reply.status, error, reply.headers["X-Request-Id"] ?? "");
  call.respond(reply, false);
  call.discardBody();
}

/** Responds, and keeps the connection open unless the verifier is stopping. */
export function send(call: HttpCall, reply: Reply): void {
  call.respond(reply, !call.context.stopping());
}
