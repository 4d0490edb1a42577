import type { IncomingMessage, ServerResponse } from "node:http";
import { rejectWithPage } from "./static-page.ts";

/** Seconds after which a client may try again. */
const RETRY_AFTER = "5";
/** Answered without the database: files, and verifications, which the cache can answer for a while. */
const NEEDS_NO_DATABASE = /^\/(?:_next\/|brand\/accent-|api\/v1\/keys\/verify(?:\/batch)?$)/;

/** Whether the response to this path needs the database. */
export function needsDatabase(url: string): boolean {
  const [path = ""] = url.split("?");
  return !NEEDS_NO_DATABASE.test(path);
}

const PAGE = {
  title: "Temporarily unavailable",
  paragraphs: ["The portal can't reach its database. Nothing is lost. Try again in a minute."],
  retry: true,
};

/** Responds 503: a page to a browser that loads one, a problem (RFC 9457) to everything else. */
export function answerDatabaseUnavailable(req: IncomingMessage, res: ServerResponse): void {
  rejectWithPage(req, res, {
    status: 503,
    detail: "The database is unavailable. Try again in a few seconds.",
    page: PAGE,
    headers: { "Retry-After": RETRY_AFTER, Connection: "close" },
  });
}
