import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { reject } from "./gate.ts";

/** Seconds after which a client may try again. */
const RETRY_AFTER = "5";
/** Answered without the database: files, and verifications, which the cache can answer for a while. */
const NEEDS_NO_DATABASE = /^\/(?:_next\/|brand\/accent-|api\/v1\/keys\/verify(?:\/batch)?$)/;

/** Whether the response to this path needs the database. */
export function needsDatabase(url: string): boolean {
  const [path = ""] = url.split("?");
  return !NEEDS_NO_DATABASE.test(path);
}

const STYLE =
  "body{margin:15vh auto;max-width:32rem;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;color:#17211f;background:#f9fbfb}a{color:#0b6b5b}small{color:#55615e}@media(prefers-color-scheme:dark){body{color:#e6ecea;background:#0d1113}a{color:#5fd0bb}small{color:#9aa6a3}}";
/** No script, no other source: the page must not depend on anything that may be unavailable. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const page = (requestId: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Temporarily unavailable</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Temporarily unavailable</h1>
<p>The portal can't reach its database. Nothing is lost. Try again in a minute.</p>
<p><a href="">Try again</a></p>
<p><small>Request ${requestId}</small></p>
</main>
</body>
</html>
`;

/** Responds 503: a page to a browser that loads one, a problem (RFC 9457) to everything else. */
export function answerDatabaseUnavailable(req: IncomingMessage, res: ServerResponse): void {
  const headers = { "Retry-After": RETRY_AFTER, Connection: "close" };
  req.resume();
  if (!loadsPage(req)) {
    reject(res, 503, "The database is unavailable. Try again in a few seconds.", headers);
    return;
  }
  res.writeHead(503, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    ...headers,
  });
  res.end(req.method === "HEAD" ? undefined : page(String(res.getHeader("X-Request-Id"))));
}

/** Not the requests by which pages update themselves, nor those of the API. */
function loadsPage({ method, url = "", headers }: IncomingMessage): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  if (/^\/(?:api|scim|oauth|\.well-known)\//.test(url) || headers.rsc !== undefined) return false;
  return (headers.accept ?? "").includes("text/html");
}
