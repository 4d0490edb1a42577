import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/**
 * Turns away what Next would answer with a 500: methods that the web's `Request` does not know, and paths
 * that can't be decoded. Returns false when the request is answered already.
 */
export function admit(req: IncomingMessage, res: ServerResponse): boolean {
  if (!METHODS.includes(req.method ?? "")) {
    refuse(res, 405, "This method is not taken here.", { Allow: METHODS.join(", ") });
    return false;
  }
  try {
    decodeURIComponent((req.url ?? "").split("?")[0] ?? "");
    return true;
  } catch {
    refuse(res, 400, "The address is not well formed.");
    return false;
  }
}

/** Answers with a problem (RFC 9457) before any page or route is asked; `after` runs once it is sent. */
export function refuse(
  res: ServerResponse,
  status: number,
  detail: string,
  headers: Record<string, string> = {},
  after: () => void = () => {},
): void {
  const requestId = res.getHeader("X-Request-Id");
  const problem = { type: "about:blank", title: STATUS_CODES[status], status, detail, requestId };
  res.writeHead(status, {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    ...headers,
  });
  res.end(JSON.stringify(problem), after);
}
