import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { errorCode } from "#platform/error-code.ts";
import { isBearer } from "#platform/http/is-bearer.ts";
import { type Settings, SettingsError } from "#platform/settings.ts";
import { log } from "../log.ts";
import { reject } from "../malformed-requests.ts";
import { answerProbe } from "../probes.ts";
import type { PortalMetrics } from "./portal-metrics.ts";

/** From the portal's port to that of its metrics. */
const OFFSET = 1_000;

export interface MetricsAccess {
  metrics: PortalMetrics;
  /** Undefined: only the metrics port serves them, without a token. */
  token: string | undefined;
}

/** Answers a request for the metrics. If a token is configured, the caller must send it. */
export async function answerMetrics(
  req: IncomingMessage,
  res: ServerResponse,
  { metrics, token }: MetricsAccess,
): Promise<void> {
  if (token !== undefined && !isBearer(req.headers.authorization, token)) {
    reject(res, 401, "Send the value of LATCHKEY_METRICS_TOKEN.", { "WWW-Authenticate": "Bearer" });
  } else if (req.method !== "GET" && req.method !== "HEAD") {
    reject(res, 405, "Use GET.", { Allow: "GET, HEAD" });
  } else {
    const body = await metrics.text();
    res.writeHead(200, { "Content-Type": metrics.contentType, "Cache-Control": "no-store" });
    res.end(req.method === "HEAD" ? undefined : body);
  }
}

/** The path of a request without its query. */
export const isMetricsPath = (url = "") => url.split("?")[0] === "/metrics";

/** A server that answers only metrics and probes. */
export function metricsServer(access: MetricsAccess, stopping: () => boolean): Server {
  const options = { headersTimeout: 5_000, requestTimeout: 5_000, connectionsCheckingInterval: 1_000 };
  return createServer(options, (req, res) => {
    res.setHeader("X-Content-Type-Options", "nosniff");
    if (answerProbe(req, res, stopping())) return;
    if (!isMetricsPath(req.url)) return reject(res, 404, "There is no such path.");
    answerMetrics(req, res, access).catch((err: unknown) => {
      log.error({ err }, "metrics were not served");
      res.destroy();
    });
  });
}

/** The port of the portal's metrics. */
export function portalMetricsPort({ metrics, port }: Pick<Settings, "metrics" | "port">): number {
  return metrics.portalPort ?? (port + OFFSET > 65_535 ? port - OFFSET : port + OFFSET);
}

/**
 * Listens on the metrics port. If that fails, the start fails too if the port was set; otherwise the portal runs
 * without metrics and says so.
 */
export async function listenForMetrics(
  server: Server,
  settings: Pick<Settings, "metrics" | "port">,
): Promise<void> {
  const [port, { host }] = [portalMetricsPort(settings), settings.metrics];
  try {
    await new Promise<void>((resolve, fail) => {
      server.once("error", fail).listen(port, host, () => {
        server.off("error", fail);
        resolve();
      });
    });
  } catch (error) {
    const reason = errorCode(error) ?? "unknown";
    if (settings.metrics.portalPort !== undefined)
      throw new SettingsError(
        `LATCHKEY_PORTAL_METRICS_PORT: can't listen on port ${port} of ${host} (${reason}); set another`,
      );
    log.warn({ port, reason }, "metrics are not served: set LATCHKEY_PORTAL_METRICS_PORT to a free port");
  }
}
