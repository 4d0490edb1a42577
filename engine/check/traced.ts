import type { IncomingHttpHeaders } from "node:http";
import type { Facts, TracedRequest } from "#platform/tracing/tracing.ts";
import type { CheckObserver } from "./check.ts";

/** What spans say of a check. Never a secret: keys are told by their ids. */
function factsOf(code: string, api: string, keyId: string | undefined): Facts {
  return {
    "latchkey.code": code,
    "latchkey.api": api,
    ...(keyId === undefined ? {} : { "latchkey.key_id": keyId }),
  };
}

/** Follows one request for verdicts, besides whoever else watches. */
export class TracedChecks implements CheckObserver {
  readonly #inner: CheckObserver;
  readonly checks: Facts[] = [];

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

/** A request as its span tells it; a batch has a span for each check within. */
export function tracedRequest(
  route: string,
  method: string,
  headers: IncomingHttpHeaders,
  { status, requestId }: { status: number; requestId: string },
  startedAt: number,
  { checks, batch, facts = {} }: { checks: Facts[]; batch: boolean; facts?: Facts },
): TracedRequest {
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
      ...facts,
      ...(batch ? {} : checks[0]),
    },
    within: batch ? checks.map((each) => ({ name: "check", facts: each })) : [],
  };
}
