import type { IncomingHttpHeaders } from "node:http";

/** Facts of a span. What a client wrote goes in only where it is known to be no secret. */
export type Facts = Record<string, string | number | boolean>;

/** A request that is over. */
export interface TracedRequest {
  name: string;
  /** Its headers may name the trace that it belongs to (W3C Trace Context). */
  headers: IncomingHttpHeaders;
  /** Of `performance.now()`, as `endedAt`. */
  startedAt: number;
  endedAt: number;
  /** True for a fault of ours. */
  failed: boolean;
  facts: Facts;
  /** What was done within it: one fact sheet a span. */
  within: { name: string; facts: Facts }[];
}

/** Where spans go. */
export interface Tracing {
  tell(request: TracedRequest): void;
  /** Sends what was told, and ends. */
  stop(): Promise<void>;
}
