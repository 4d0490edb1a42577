import { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";
import { newId } from "#core/ids.ts";
import { processSingleton } from "#platform/process-singleton.ts";
import type { SpanAttributes } from "#platform/tracing/tracing.ts";

/** What is known about the current request. */
export interface RequestScope {
  readonly requestId: string;
  /** The route's pattern, for traces; null for a page. */
  route: string | null;
  facts: SpanAttributes;
  /** The verifications that it requested. */
  checks: SpanAttributes[];
  /** True while Next parses a server action and none of our code has run for it. */
  isDecodingAction: boolean;
  /** Whether the URL has no page. */
  isMissing: boolean;
}

const scopes = () => processSingleton("request scope", () => new AsyncLocalStorage<RequestScope>());

/** Handles a request with an id, which the client receives and every log line carries. */
export function withRequestId(res: ServerResponse, answer: (scope: RequestScope) => void): void {
  const scope: RequestScope = {
    requestId: newId("request"),
    route: null,
    facts: {},
    checks: [],
    isDecodingAction: false,
    isMissing: false,
  };
  const { writeHead } = res;
  Object.assign(res, {
    writeHead(status: number, ...rest: unknown[]) {
      const isPage = status === 200 && res.req.headers["next-action"] === undefined;
      return Reflect.apply(writeHead, res, [scope.isMissing && isPage ? 404 : status, ...rest]);
    },
  });
  res.setHeader("X-Request-Id", scope.requestId);
  scopes().run(scope, () => answer(scope));
}

/** The current request; undefined outside of one. */
export function currentRequest(): RequestScope | undefined {
  return scopes().getStore();
}

/** Sends the page that is being rendered with status 404. Next's own `notFound()` would discard its content. */
export function answerNotFound(): void {
  const scope = currentRequest();
  if (scope) scope.isMissing = true;
}

/** The current request's id, or a new one outside of a request. */
export function currentRequestId(): string {
  return currentRequest()?.requestId ?? newId("request");
}

/** Sets the current request's route. */
export function setRoute(route: string, facts: SpanAttributes = {}): void {
  const scope = currentRequest();
  if (scope) Object.assign(scope, { route, facts: { ...scope.facts, ...facts } });
}
