import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { clientKey } from "#domain/access/accounts/throttle.ts";
import { CLIENT_IP_HEADER } from "#platform/http/client-ip-address.ts";
import { type CloseReason, createHttpServer, originForm } from "#platform/http/create-server.ts";
import type { StallLimits } from "#platform/http/stalled-connections.ts";
import type { Settings } from "#platform/settings.ts";
import type { Tracing } from "#platform/tracing/tracing.ts";
import { rejectOutsideIpAddresses } from "./allowed-ip-addresses.ts";
import { BodyBudget } from "./body-budget.ts";
import { maxBodyBytesOf, rejectLargeBody } from "./body-limit.ts";
import { answerDatabaseUnavailable, needsDatabase } from "./database-unavailable.ts";
import { headerGuard } from "./header-guard.ts";
import { ipAddressEventLog } from "./ip-address-events.ts";
import { log } from "./log.ts";
import { rejectMalformedActions } from "./malformed-actions.ts";
import { rejectMalformedRequest } from "./malformed-requests.ts";
import { answerMetrics, isMetricsPath, type MetricsAccess } from "./metrics/serve-metrics.ts";
import { answerProbe } from "./probes.ts";
import { withRequestId } from "./request-scope.ts";
import { securityHeaders, TRY_ORIGINS_HEADER } from "./security-headers.ts";
import { replaceFailure } from "./static-page.ts";
import { traceRequest } from "./trace.ts";
import { watchRequest } from "./watch-request.ts";

/** Timeouts for clients, ms. */
interface Timeouts {
  /** From the connection, or the end of the previous request, to the end of the headers. */
  headersTimeout: number;
  /** To the end of the body. */
  requestTimeout: number;
  /** Between two requests: longer than the 60 s that proxies keep a connection open. */
  keepAliveTimeout: number;
  /** How often the timeouts are enforced. */
  connectionsCheckingInterval: number;
  /** For reading the response. */
  stalled: StallLimits;
}

const TIMEOUTS: Timeouts = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  stalled: { windowMs: 60_000, minBytesPerSecond: 1_024 },
};

/** Instead of a page whose layout failed. The log has the error with the request's ID. */
const FAILED = {
  title: "The portal failed to answer",
  paragraphs: [
    "An error occurred in the portal. Try again in a moment, and check whether your last change was saved.",
  ],
  retry: true,
};

/** Browsers and proxies wait for each response. */
const MAX_PIPELINED = 16;

/** A connection with more: a log line without an audit row, because it is about no account. */
const PIPELINED = "access.too-many-in-progress";

/** `close` listeners that the portal adds to a response itself. Next can add as many more as Node allows by default. */
const OWN_CLOSE_LISTENERS = 5;

interface PortalServerOptions {
  settings: Pick<Settings, "trustedProxies" | "url"> &
    Partial<Pick<Settings, "accessLog" | "portalAllowedIps">>;
  /** The host of `LATCHKEY_URL`; undefined if it is not set. */
  publicHost: string | undefined;
  /** Whether Next's development server runs, which refreshes pages over a WebSocket. */
  dev?: boolean;
  /** True once the process is stopping: each connection closes after its response. */
  stopping: () => boolean;
  tracing?: Tracing | null | undefined;
  metrics?: MetricsAccess;
  /** Whether the database answers. Without it, requests that need it get 503. */
  databaseAvailable?: () => Promise<boolean>;
  /** The origins besides the portal's own that the requested page may send requests to. */
  originsOf?: (req: IncomingMessage) => Promise<string[]>;
  /** Handles requests that pass all checks here: Next. */
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
}

/** The portal's HTTP server, with all checks that must run before Next sees a request. */
export function portalServer(
  {
    settings,
    publicHost,
    dev = false,
    stopping,
    tracing,
    metrics,
    databaseAvailable = async () => true,
    originsOf = async () => [],
    handle,
  }: PortalServerOptions,
  timeouts = TIMEOUTS,
): Server {
  const responseHeaders = securityHeaders(settings.url);
  const headersOfAll = new Map(Object.entries(responseHeaders));
  const guard = headerGuard(settings, publicHost, { dev });
  const { portalAllowedIps = [] } = settings;
  const rejectOutside = rejectOutsideIpAddresses({ portalAllowedIps });
  const budget = new BodyBudget();
  const respond = async (req: IncomingMessage, res: ServerResponse) => {
    if (needsDatabase(req.url ?? "") && !(await databaseAvailable())) {
      return answerDatabaseUnavailable(req, res);
    }
    const origins = await originsOf(req);
    if (origins.length > 0) req.headers[TRY_ORIGINS_HEADER] = origins.join(" ");
    // While developing, Next shows the error and its source.
    if (!dev) replaceFailure(req, res, FAILED);
    return handle(req, res);
  };
  const logPipelined = ipAddressEventLog(PIPELINED);
  const onClosed = (reason: CloseReason, req: IncomingMessage | null) => {
    metrics?.metrics.closed(reason);
    if (req === null) return;
    guard(req);
    logPipelined(ipAddressOf(req));
  };
  const options = {
    ...timeouts,
    responseHeaders,
    maxPipelined: MAX_PIPELINED,
    onClosed,
    allowUpgrades: dev,
  };
  const server = createHttpServer(options, (req, res) => {
    res.setMaxListeners(res.getMaxListeners() + OWN_CLOSE_LISTENERS);
    if (stopping()) res.setHeader("Connection", "close");
    // A kept-alive connection would delay the stop.
    res.once("close", () => stopping() && setImmediate(() => server.closeIdleConnections()));
    res.setHeaders(headersOfAll);
    req.url = originForm(req.url ?? "/");
    if (answerProbe(req, res, stopping())) return;
    // Without a token, no caller at this port may read the metrics.
    const openMetrics = metrics?.token === undefined || !isMetricsPath(req.url) ? undefined : metrics;
    guard(req);
    withRequestId(res, (scope) => {
      if (openMetrics) return void answerMetrics(req, res, openMetrics).catch(() => res.destroy());
      const { accessLog = false } = settings;
      watchRequest(req, res, { metrics: metrics?.metrics ?? null, accessLog, requestId: scope.requestId });
      if (tracing) traceRequest(tracing, scope, req, res);
      if (rejectOutside(req, res)) return;
      if (
        rejectMalformedRequest(req, res) ||
        rejectLargeBody(req, res, maxBodyBytesOf(req), { budget, caller: clientKeyOf(req) })
      )
        return;
      rejectMalformedActions(req, res, scope);
      respond(req, res).catch((err: unknown) => {
        log.error({ err }, "a request was not answered");
        if (!res.headersSent) res.writeHead(500);
        res.end();
      });
    });
  });
  return server;
}

/** The client that a body's bytes are counted for. */
function clientKeyOf(req: IncomingMessage): string {
  const ipAddress = ipAddressOf(req);
  return ipAddress === null ? "" : clientKey(ipAddress);
}

/** The client's IP address, which the guard has set; null if it is not known. */
function ipAddressOf({ headers }: IncomingMessage): string | null {
  const ipAddress = headers[CLIENT_IP_HEADER];
  return typeof ipAddress === "string" ? ipAddress : null;
}
