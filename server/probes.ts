import type { IncomingMessage, ServerResponse } from "node:http";
import { processSingleton } from "#platform/process-singleton.ts";

/** Why the portal is not ready, besides its process. Null means ready. */
interface Readiness {
  reason: () => string | null;
  /** Whether the modules of pages are being loaded, which makes responses slow. */
  isLoading: boolean;
}

const readiness = () =>
  processSingleton<Readiness>("readiness", () => ({
    reason: () => "the portal is starting",
    isLoading: false,
  }));

/** Sets what `/readyz` checks, once the engine has started. */
export function reportReadiness(reason: Readiness["reason"]): void {
  readiness().reason = reason;
}

/** The portal is not ready until `load` has ended, however it ends. */
export async function unreadyDuring(load: Promise<void>): Promise<void> {
  readiness().isLoading = true;
  try {
    await load;
  } finally {
    readiness().isLoading = false;
  }
}

/** Why the portal is not ready; null if it is. */
export function unreadyReason(): string | null {
  const { reason, isLoading } = readiness();
  return reason() ?? (isLoading ? "the portal is loading its pages" : null);
}

/**
 * Answers `GET /livez` (the process runs) and `GET /readyz` (it can serve requests) without Next and without a query,
 * so that health checks are cheap. Returns false for other requests.
 */
export function answerProbe(req: IncomingMessage, res: ServerResponse, stopping: boolean): boolean {
  const [path] = (req.url ?? "").split("?");
  if (path !== "/livez" && path !== "/readyz") return false;
  res.setHeader("Cache-Control", "no-store");
  if (req.method !== "GET" && req.method !== "HEAD") {
    res.writeHead(405, { Allow: "GET, HEAD" }).end();
    return true;
  }
  const reason = path === "/livez" ? null : stopping ? "the portal is stopping" : unreadyReason();
  const body = reason === null ? "ok\n" : `not ready: ${reason}\n`;
  res.writeHead(reason === null ? 200 : 503, { "Content-Type": "text/plain; charset=utf-8" }).end(body);
  return true;
}
