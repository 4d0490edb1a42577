import type { IncomingMessage, ServerResponse } from "node:http";
import { tracedRequest } from "#engine/check/traced.ts";
import type { SpanAttributes, Tracing } from "#platform/tracing/tracing.ts";
import type { RequestScope } from "./request-scope.ts";

/** Ends the request's span after the response: for API calls and actions, not for pages. */
export function traceRequest(
  tracing: Tracing,
  scope: RequestScope,
  req: IncomingMessage,
  res: ServerResponse,
): void {
  const startedAt = performance.now();
  res.once("close", () => {
    const { requestId, route, facts, checks } = scope;
    if (route === null) return;
    const where: SpanAttributes = route === "action" ? { "latchkey.page": pagePattern(req.url ?? "") } : {};
    tracing.record(
      tracedRequest({
        route,
        method: req.method ?? "",
        headers: req.headers,
        status: res.statusCode,
        requestId,
        startedAt,
        batch: route.endsWith("/batch"),
        checks,
        attributes: { ...facts, ...where },
      }),
    );
  });
}

/** The page's path without ids, names and tokens. */
export function pagePattern(url: string): string {
  const [path = ""] = url.split(/[?#]/);
  return path.replace(/[^/]+/g, (segment) => (/^[a-z-]{1,20}$/.test(segment) ? segment : "{…}"));
}
