import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";
import { decodeUri } from "#core/decode-uri.ts";

/** Maximum length of one segment of a page's path. */
const MAX_PATH_PART = 200;
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/**
 * Rejects requests that Next would answer with 500: methods unknown to the web's `Request`, undecodable paths, and an
 * invalid router state. Returns whether the request was answered.
 */
export function rejectMalformedRequest(req: IncomingMessage, res: ServerResponse): boolean {
  if (!METHODS.includes(req.method ?? "")) {
    reject(res, 405, "This method is not supported.", { Allow: METHODS.join(", ") });
    return true;
  }
  const [path = "", ...query] = (req.url ?? "").split("?");
  if (!path.startsWith("/") || decodeUri(path) === null) {
    reject(res, 400, "The URL is malformed.");
    return true;
  }
  // No id or name in a page's URL is longer, and verbs reject it as malformed.
  if (!path.startsWith("/api/") && path.split("/").some((part) => part.length > MAX_PATH_PART)) {
    reject(res, 404, "There is nothing at this URL.");
    return true;
  }
  // Next's image optimizer is disabled, but Next still treats its path specially.
  if (path.startsWith("/_next/image")) {
    reject(res, 404, "There is nothing at this URL.");
    return true;
  }
  if (!isRouterState(req.headers["next-router-state-tree"])) {
    reject(res, 400, "The header Next-Router-State-Tree is malformed.");
    return true;
  }
  if (path === "/api/auth/callback/credentials" && req.method !== "POST") {
    reject(res, 405, "Send the password with POST.", { Allow: "POST" });
    return true;
  }
  if (path.startsWith("/api/auth/") && !callbacksOf(query.join("?"), req.headers.cookie).every(isPageUrl)) {
    reject(res, 400, "The callback URL is malformed.");
    return true;
  }
  return false;
}

/**
 * The redirect targets after signing in, from the query and from next-auth's cookie: next-auth answers 500 to an
 * invalid one.
 */
function callbacksOf(query: string, cookies = ""): string[] {
  const inCookie = /(?:^|;)\s*(?:__Host-)?latchkey\.callback=([^;]*)/.exec(cookies)?.[1];
  const given = new URLSearchParams(query).getAll("callbackUrl");
  if (inCookie === undefined) return given;
  return [...given, decodeUri(inCookie) ?? "%"];
}

function isPageUrl(value: string): boolean {
  return (
    value === "" ||
    /^https?:$/.test(URL.parse(value, value.startsWith("/") ? "http://x" : undefined)?.protocol ?? "")
  );
}

/** Validated with Next's own parser, which would throw while rendering. */
function isRouterState(header: string | string[] | undefined): boolean {
  try {
    parseAndValidateFlightRouterState(header);
    return true;
  } catch {
    return false;
  }
}

/** Responds with a problem (RFC 9457) before Next sees the request; `after` runs once it is sent. */
export function reject(
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
