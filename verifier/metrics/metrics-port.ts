import type { Server } from "node:http";
import { errorCode } from "#platform/error-code.ts";
import { type Settings, SettingsError } from "#platform/settings.ts";
import { listen } from "../http/listeners.ts";
import { log } from "../log.ts";

/** Offset of the metrics port from the verifier's port, if no setting names a port. */
const OFFSET = 1_000;

/**
 * The port of a verifier's metrics. `workerPort` is the separate port of one of several workers: the first worker
 * gets the configured port, the next one the port after it, and so on.
 */
export function metricsPort(
  settings: Pick<Settings, "metrics" | "verifierPort">,
  workerPort?: number,
): number {
  const { metrics, verifierPort } = settings;
  if (metrics.port !== undefined) {
    return metrics.port + (workerPort === undefined ? 0 : workerPort - verifierPort - 1);
  }
  const own = workerPort ?? verifierPort;
  return own + OFFSET > 65_535 ? own - OFFSET : own + OFFSET;
}

/**
 * Serves metrics on a separate port. If the port is in use, this throws if it was configured; otherwise the verifier
 * starts without metrics and logs a warning.
 */
export async function openMetrics(
  make: () => Server,
  settings: Pick<Settings, "metrics" | "verifierPort">,
  workerPort?: number,
): Promise<Server[]> {
  const port = metricsPort(settings, workerPort);
  const { host } = settings.metrics;
  try {
    return [await listen(make(), { port, host, reusePort: false })];
  } catch (error) {
    const reason = errorCode(error) ?? "unknown";
    const message = `port ${port} of ${host} can't be listened on (${reason}); set another`;
    if (settings.metrics.port !== undefined) throw new SettingsError(`LATCHKEY_METRICS_PORT: ${message}`);
    log.warn({ port, reason }, "metrics are not served: set LATCHKEY_METRICS_PORT to a free port");
    return [];
  }
}
