import type { IncomingMessage, ServerResponse } from "node:http";
import { formatBytes } from "#core/format.ts";
import { BodyBudget, FREE_BODY_BYTES } from "./body-budget.ts";
import { reject } from "./malformed-requests.ts";

/** The largest body of any page or route; routes may set a lower limit. */
export const MAX_BODY_BYTES = 2 * 1024 * 1024;

/**
 * For requests with an OpenAPI document of up to 16 MiB, which is longer as an escaped JSON string. Their handlers
 * check for an administrator before they read more than `MAX_BODY_BYTES`.
 */
export const MAX_DOCUMENT_BODY_BYTES = 40 * 1024 * 1024;
const TAKES_DOCUMENT = /^\/api\/(?:v1\/apis(?:\/[^/?]+)?|documents)(?:\?|$)/;

/** The body limit for a request. */
export function maxBodyBytesOf({ url }: Pick<IncomingMessage, "url">): number {
  return TAKES_DOCUMENT.test(url ?? "") ? MAX_DOCUMENT_BODY_BYTES : MAX_BODY_BYTES;
}

/** The budget that counts a body's bytes, and the client. */
interface Counted {
  budget: BodyBudget;
  /** The client's IPv4 address or IPv6 /64. */
  caller: string;
}

/**
 * Rejects a body that exceeds the limit with 413, immediately if its length is declared, and a body that exceeds the
 * budget with 503. Returns whether the request was answered.
 */
export function rejectLargeBody(
  req: IncomingMessage,
  res: ServerResponse,
  maxBodyBytes = MAX_BODY_BYTES,
  { budget, caller }: Counted = { budget: new BodyBudget(), caller: "" },
): boolean {
  const declaredBytes = Number(req.headers["content-length"] ?? 0);
  if (declaredBytes > maxBodyBytes) {
    tooLarge(req, res, maxBodyBytes);
    return true;
  }
  const isChunked = req.headers["transfer-encoding"] !== undefined;
  if (!isChunked && declaredBytes <= FREE_BODY_BYTES) return false;
  let seenBytes = 0;
  let heldBytes = 0;
  let isOver = false;
  res.once("close", () => budget.release(caller, heldBytes));
  const push = req.push.bind(req);
  // Counted where the HTTP parser delivers chunks, because a data listener would start the stream too early.
  const countAndPush = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    if (isOver) return false;
    seenBytes += chunk?.length ?? 0;
    if (seenBytes > maxBodyBytes) {
      isOver = true;
      tooLarge(req, res, maxBodyBytes);
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
  // Not the function itself: V8 allocates a function that is assigned to a property among old objects, where it would
  // keep the request in memory until the next full garbage collection.
  req.push = countAndPush;
  return false;
}

function tooLarge(req: IncomingMessage, res: ServerResponse, maxBodyBytes: number): void {
  endUnread(req, res, 413, `The body is larger than ${formatBytes(maxBodyBytes)}.`);
}

/** The rest of the body is not read: the connection closes after the response. */
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
  reject(res, status, detail, { ...headers, Connection: "close" }, () => req.destroy());
}
