import type { IncomingHttpHeaders } from "node:http";
import type { SpanAttributes, TracedRequest } from "#platform/tracing/tracing.ts";
import type { CheckObserver } from "./check.ts";

/** The attributes of a check's span. Never a secret: keys are identified by id. */
function factsOf(code: string, api: string, keyId: string | undefined): SpanAttributes {
  return {
    "latchkey.code": code,
    "latchkey.api": api,
    ...(keyId === undefined ? {} : { "latchkey.key_id": keyId }),
  };
}

/** Records the verdicts of one request for its trace, and forwards everything to another observer. */
export class TracedChecks implements CheckObserver {
  readonly #inner: CheckObserver;
  readonly checks: SpanAttributes[] = [];

  constructor(inner: CheckObserver) {
    this.#inner = inner;
  }

  answered(code: string, api: string, keyId: string | undefined): void {
    this.#inner.answered(code, api, keyId);
    this.checks.push(factsOf(code, api, keyId));
  }

  failed(status: number, error: unknown, requestId: string): void {
    this.#inner.failed(status, error, requestId);
  }
}

/** An answered request. */
interface AnsweredRequest {
  route: string;
  method: string;
  headers: IncomingHttpHeaders;
  status: number;
  requestId: string;
  /** By the monotonic clock, ms. */
  startedAt: number;
  /** Whether it asked for a batch of checks. */
  batch: boolean;
  checks: SpanAttributes[];
  /** Other attributes of its span. */
  attributes?: SpanAttributes;
}

/** The span of a request that ends now; a batch contains a span for each check. */
export function tracedRequest(request: AnsweredRequest): TracedRequest {
  const { route, method, headers, status, requestId, startedAt, batch, checks, attributes } = request;
  return {
    name: `${method} ${route}`,
    headers,
    startedAt,
    endedAt: performance.now(),
    failed: status >= 500,
    facts: {
      "http.request.method": method,
      "http.route": route,
      "http.response.status_code": status,
      "latchkey.request_id": requestId,
      ...attributes,
      ...(batch ? {} : checks[0]),
    },
    children: batch ? checks.map((each) => ({ name: "check", facts: each })) : [],
  };
}
