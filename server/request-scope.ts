import { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";
import { newId } from "#core/ids.ts";
import { shared } from "#platform/shared.ts";
import type { Facts } from "#platform/tracing/tracing.ts";

/** What is known of the request that is being answered. */
export interface RequestScope {
  readonly requestId: string;
  /** What it turned out to be, as a trace tells it: a route's pattern; null for a page. */
  route: string | null;
  facts: Facts;
  /** Checks that it asked for. */
  checks: Facts[];
  /** True while Next reads a server action and no code of ours has run for it. */
  isDecodingAction: boolean;
}

const scopes = () => shared("request scope", () => new AsyncLocalStorage<RequestScope>());

/** Runs what answers a request under an id of its own, which the client is told and every log line carries. */
export function withRequestId(res: ServerResponse, answer: (scope: RequestScope) => void): void {
  const scope: RequestScope = {
    requestId: newId("request"),
    route: null,
    facts: {},
    checks: [],
    isDecodingAction: false,
  };
  res.setHeader("X-Request-Id", scope.requestId);
  scopes().run(scope, () => answer(scope));
}

/** The request that is being answered; undefined outside of one. */
export function requestHere(): RequestScope | undefined {
  return scopes().getStore();
}

/** Its id, or a new one where no request of the portal's own server stands behind the call. */
export function currentRequestId(): string {
  return requestHere()?.requestId ?? newId("request");
}

/** Says what the request turned out to be. */
export function noteRoute(route: string, facts: Facts = {}): void {
  const scope = requestHere();
  if (scope) Object.assign(scope, { route, facts: { ...scope.facts, ...facts } });
}
