import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";

/** Characters of one part of a page's path. */
const MAX_PATH_PART = 200;
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/**
 * Refuses what Next would answer with a 500: methods that the web's `Request` does not know, paths that can't be
 * decoded or are none, and a router state that is none. Returns false when the request is answered already.
 */
export function admit(req: IncomingMessage, res: ServerResponse): boolean {
  if (!METHODS.includes(req.method ?? "")) {
    refuse(res, 405, "This method is not taken here.", { Allow: METHODS.join(", ") });
    return false;
  }
  const [path = "", ...query] = (req.url ?? "").split("?");
  if (!path.startsWith("/") || !isDecodable(path)) {
    refuse(res, 400, "The address is not well formed.");
    return false;
  }
  // No id or name in a page's address is longer, and verbs refuse one as malformed.
  if (!path.startsWith("/api/") && path.split("/").some((part) => part.length > MAX_PATH_PART)) {
    refuse(res, 404, "Nothing answers at this address.");
    return false;
  }
  // Next's image optimiser is off, but its address is not an ordinary one for Next.
  if (path.startsWith("/_next/image")) {
    refuse(res, 404, "Nothing answers at this address.");
    return false;
  }
  if (!isRouterState(req.headers["next-router-state-tree"])) {
    refuse(res, 400, "The header Next-Router-State-Tree is not well formed.");
    return false;
  }
  if (path === "/api/auth/callback/credentials" && req.method !== "POST") {
    refuse(res, 405, "A password is sent with POST.", { Allow: "POST" });
    return false;
  }
  if (
    path.startsWith("/api/auth/") &&
    !callbacksOf(query.join("?"), req.headers.cookie).every(isPageAddress)
  ) {
    refuse(res, 400, "The callback address is not well formed.");
    return false;
  }
  return true;
}

/** Where to go after signing in, by the query and by next-auth's cookie: next-auth answers 500 to a bad one. */
function callbacksOf(query: string, cookies = ""): string[] {
  const inCookie = /(?:^|;)\s*(?:__Host-)?latchkey\.callback=([^;]*)/.exec(cookies)?.[1];
  const given = new URLSearchParams(query).getAll("callbackUrl");
  if (inCookie === undefined) return given;
  return [...given, isDecodable(inCookie) ? decodeURIComponent(inCookie) : "%"];
}

function isPageAddress(value: string): boolean {
  return (
    value === "" ||
    /^https?:$/.test(URL.parse(value, value.startsWith("/") ? "http://x" : undefined)?.protocol ?? "")
  );
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** By Next's own judgement, which would throw it while it renders. */
function isRouterState(header: string | string[] | undefined): boolean {
  try {
    parseAndValidateFlightRouterState(header);
    return true;
  } catch {
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
