import type { IncomingMessage, ServerResponse } from "node:http";
import { CLIENT_IP_HEADER } from "#platform/http/client-ip-address.ts";
import { log } from "./log.ts";
import type { PortalMetrics, PortalRequestKind } from "./metrics/portal-metrics.ts";

interface Watching {
  metrics: Pick<PortalMetrics, "took"> | null;
  /** Whether each response gets a log line. */
  accessLog: boolean;
  requestId: string;
}

/** Measures a request and, if enabled, logs it once its connection has the response or is gone. */
export function watchRequest(
  req: IncomingMessage,
  res: ServerResponse,
  { metrics, accessLog, requestId }: Watching,
): void {
  const startedAt = performance.now();
  // Next changes both while it handles the request.
  const { method = "", url = "" } = req;
  const kind = requestKind(req);
  res.once("close", () => {
    const ms = performance.now() - startedAt;
    metrics?.took(kind, res.statusCode, ms);
    if (!accessLog || kind === "file") return;
    const line = {
      method,
      path: loggedPath(url),
      status: res.statusCode,
      ms: Math.round(ms),
      ipAddress: req.headers[CLIENT_IP_HEADER] ?? null,
      requestId,
      // The client disconnected before it had the whole response.
      ...(!res.writableFinished && { aborted: true }),
    };
    log.info(line, "access");
  });
}

/** Names of pages, API slugs and ids. A segment in any other form may be a one-time token. */
const HARMLESS = /^(?:[a-z][a-z0-9.-]{0,39}|v\d+|[a-z]{3}_[0-9A-Za-z]{22}|\d{1,4}(?:-\d{2}){0,2})$/;
const MAX_SEGMENTS = 20;

/** The path without the query, and without segments that could be secrets. */
export function loggedPath(url: string): string {
  const [path = ""] = url.split(/[?#]/);
  return path
    .split("/", MAX_SEGMENTS)
    .map((segment) => (segment === "" || HARMLESS.test(segment) ? segment : "{…}"))
    .join("/");
}

/** What a request to the portal is for. */
function requestKind({ method, url = "", headers }: Pick<IncomingMessage, "method" | "url" | "headers">) {
  if (/^\/(?:_next|brand)\//.test(url)) return "file" satisfies PortalRequestKind;
  if (/^\/(?:api|scim|oauth|\.well-known)\//.test(url)) return "api" satisfies PortalRequestKind;
  const isAction = method === "POST" || headers["next-action"] !== undefined;
  return (isAction ? "action" : "page") satisfies PortalRequestKind;
}
