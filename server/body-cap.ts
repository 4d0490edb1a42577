import type { IncomingMessage, ServerResponse } from "node:http";
import { BodyBudget, FREE_BODY_BYTES } from "./body-budget.ts";
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

/** Where a body's bytes are counted, and to whom. */
interface Counted {
  budget: BodyBudget;
  /** The IP address, or the /64 of IPv6, that it comes from. */
  caller: string;
}

/**
 * Ends a request whose body is over the cap with 413, at once where its length is declared, else as soon as more has
 * come; and one that the budget has no room for with 503. Returns false when the request is answered already.
 */
export function capBody(
  req: IncomingMessage,
  res: ServerResponse,
  capBytes = BODY_CAP_BYTES,
  { budget, caller }: Counted = { budget: new BodyBudget(), caller: "" },
): boolean {
  const declaredBytes = Number(req.headers["content-length"] ?? 0);
  if (declaredBytes > capBytes) {
    tooLarge(req, res, capBytes);
    return false;
  }
  const isChunked = req.headers["transfer-encoding"] !== undefined;
  if (!isChunked && declaredBytes <= FREE_BODY_BYTES) return true;
  let seenBytes = 0;
  let heldBytes = 0;
  let isOver = false;
  res.once("close", () => budget.release(caller, heldBytes));
  const push = req.push.bind(req);
  // Counted where the parser hands over, because listening for data would start the flow too early.
  req.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    if (isOver) return false;
    seenBytes += chunk?.length ?? 0;
    if (seenBytes > capBytes) {
      isOver = true;
      tooLarge(req, res, capBytes);
      return false;
    }
    const moreBytes = Math.max(0, seenBytes - FREE_BODY_BYTES) - heldBytes;
    if (moreBytes > 0 && !budget.take(caller, moreBytes)) {
      isOver = true;
      const detail = "Too many large requests are being received. Try again in a few seconds.";
      endUnread(req, res, 503, detail, { "Retry-After": "5" });
      return false;
    }
    heldBytes += moreBytes;
    return push(chunk, encoding);
  };
  return true;
}

function tooLarge(req: IncomingMessage, res: ServerResponse, capBytes: number): void {
  endUnread(req, res, 413, `The body may have at most ${capBytes} bytes.`);
}

/** The rest of the body is not read: the connection ends with the answer. */
function endUnread(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  detail: string,
  headers: Record<string, string> = {},
): void {
  if (res.headersSent) {
    req.destroy();
    return;
  }
  refuse(res, status, detail, { ...headers, Connection: "close" }, () => req.destroy());
}
