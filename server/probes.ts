import type { IncomingMessage, ServerResponse } from "node:http";
import { processSingleton } from "#platform/process-singleton.ts";

/** Why the portal is not ready, besides its process. Null means ready. */
interface Readiness {
  reason: () => string | null;
}

const readiness = () =>
  processSingleton<Readiness>("readiness", () => ({ reason: () => "the portal is starting" }));

/** Sets what `/readyz` checks, once the engine has started. */
export function reportReadiness(reason: Readiness["reason"]): void {
  readiness().reason = reason;
}

/** Why the portal is not ready; null if it is. */
export function unreadyReason(): string | null {
  return readiness().reason();
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
  const reason = path === "/livez" ? null : stopping ? "the portal is stopping" : readiness().reason();
  const body = reason === null ? "ok\n" : `not ready: ${reason}\n`;
  res.writeHead(reason === null ? 200 : 503, { "Content-Type": "text/plain; charset=utf-8" }).end(body);
  return true;
}
