import type { IncomingMessage, ServerResponse } from "node:http";

/** The largest body that any page or route takes; routes have smaller caps of their own. */
export const BODY_CAP_BYTES = 2 * 1024 * 1024;

/**
 * Ends a request whose body is over the cap with 413: at once where its length is declared, else as soon as
 * more has come. Returns false when the request is answered already.
 */
export function capBody(req: IncomingMessage, res: ServerResponse, capBytes = BODY_CAP_BYTES): boolean {
  if (Number(req.headers["content-length"] ?? 0) > capBytes) {
    refuse(req, res);
    return false;
  }
  if (req.headers["transfer-encoding"] === undefined) return true;
  let seenBytes = 0;
  const push = req.push.bind(req);
  // Counted where the parser hands over, because listening for data would start the flow too early.
  req.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    seenBytes += chunk?.length ?? 0;
    if (seenBytes <= capBytes) return push(chunk, encoding);
    refuse(req, res);
    return false;
  };
  return true;
}

function refuse(req: IncomingMessage, res: ServerResponse): void {
  if (res.headersSent) {
    req.destroy();
    return;
  }
  const problem = {
    type: "about:blank",
    title: "Content Too Large",
    status: 413,
    detail: `The body may have at most ${BODY_CAP_BYTES} bytes.`,
  };
  res.writeHead(413, { "Content-Type": "application/problem+json", Connection: "close" });
  // The rest of the body is not read: the connection ends with the answer.
  res.end(JSON.stringify(problem), () => req.destroy());
}
