import type { IncomingHttpHeaders } from "node:http";

/** Attributes of a span. Text from clients is only included if it can't be a secret. */
export type SpanAttributes = Record<string, string | number | boolean>;

/** A finished request. */
export interface TracedRequest {
  name: string;
  /** The headers may contain the caller's trace (W3C Trace Context). */
  headers: IncomingHttpHeaders;
  /** Like `endedAt`, a value of `performance.now()`. */
  startedAt: number;
  endedAt: number;
  /** True if the server caused the failure. */
  failed: boolean;
  facts: SpanAttributes;
  /** Child spans. */
  children: { name: string; facts: SpanAttributes }[];
}

/** Exports spans. */
export interface Tracing {
  record(request: TracedRequest): void;
  /** Sends the recorded spans and stops. */
  stop(): Promise<void>;
}
