import type { IncomingMessage, ServerResponse } from "node:http";
import { refuse } from "./gate.ts";

/** The largest body that any page or route takes; routes have smaller caps of their own. */
export const BODY_CAP_BYTES = 2 * 1024 * 1024;

/**
 * Of a call that brings an OpenAPI document of 16 MiB: as JSON text it is longer by its escapes. These calls know
 * that an administrator sends them before they read a body larger than `BODY_CAP_BYTES`.
 */
export const DOCUMENT_CAP_BYTES = 40 * 1024 * 1024;
const TAKES_DOCUMENT = /^\/api\/(?:v1\/apis(?:\/[^/?]+)?|documents)(?:\?|$)/;

/** The cap for what is asked. */
export function bodyCapOf({ url }: Pick<IncomingMessage, "url">): number {
  return TAKES_DOCUMENT.test(url ?? "") ? DOCUMENT_CAP_BYTES : BODY_CAP_BYTES;
}

/**
 * Ends a request whose body is over the cap with 413: at once where its length is declared, else as soon as
 * more has come. Returns false when the request is answered already.
 */
export function capBody(req: IncomingMessage, res: ServerResponse, capBytes = BODY_CAP_BYTES): boolean {
  if (Number(req.headers["content-length"] ?? 0) > capBytes) {
    tooLarge(req, res, capBytes);
    return false;
  }
  if (req.headers["transfer-encoding"] === undefined) return true;
  let seenBytes = 0;
  const push = req.push.bind(req);
  // Counted where the parser hands over, because listening for data would start the flow too early.
  req.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    seenBytes += chunk?.length ?? 0;
    if (seenBytes <= capBytes) return push(chunk, encoding);
    tooLarge(req, res, capBytes);
    return false;
  };
  return true;
}

function tooLarge(req: IncomingMessage, res: ServerResponse, capBytes: number): void {
  if (res.headersSent) {
    req.destroy();
    return;
  }
  // The rest of the body is not read: the connection ends with the answer.
  const detail = `The body may have at most ${capBytes} bytes.`;
  refuse(res, 413, detail, { Connection: "close" }, () => req.destroy());
}
