import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { reject } from "./malformed-requests.ts";

/** The colors of the portal's pages. */
const STYLE = [
  "body{margin:0;display:grid;min-height:100dvh;place-content:center;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;color:oklch(.225 .018 225);background:oklch(.984 .003 200)}",
  "main{max-width:27rem;padding:1.5rem;border:1px solid oklch(.905 .006 210);border-radius:6px;background:oklch(1 0 0)}",
  "h1{margin:0;font-size:20px}p{margin:.75rem 0 0}a{color:oklch(.455 .082 197)}small{color:oklch(.475 .018 222);overflow-wrap:anywhere}",
  "@media(prefers-color-scheme:dark){body{color:oklch(.935 .006 210);background:oklch(.168 .009 222)}main{border-color:oklch(.298 .012 222);background:oklch(.2 .01 222)}a{color:oklch(.775 .1 192)}small{color:oklch(.735 .014 215)}}",
].join("");
/** No scripts and no external sources: the page must work when everything else is unavailable. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const HEADERS = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": POLICY,
  "Cache-Control": "no-store",
};

/** A page that the server sends without Next. */
export interface StaticPage {
  title: string;
  paragraphs: string[];
  /** Whether to offer to load the page again. */
  retry: boolean;
}

/** Sends a page to a browser that navigates, and a problem (RFC 9457) to every other client. */
export function rejectWithPage(
  req: IncomingMessage,
  res: ServerResponse,
  { status, detail, page, headers = {} }: RejectionWithPage,
): void {
  req.resume();
  if (!loadsPage(req)) {
    reject(res, status, detail, headers);
    return;
  }
  res.writeHead(status, { ...HEADERS, ...headers });
  res.end(req.method === "HEAD" ? undefined : htmlOf(page, String(res.getHeader("X-Request-Id"))));
}

/**
 * Sends the page instead of a response with status 500 to a browser that navigates. Such a response is empty: if a layout
 * fails, Next sends a document without text, which its scripts fill later, or never.
 */
export function replaceFailure(req: IncomingMessage, res: ServerResponse, page: StaticPage): void {
  if (!loadsPage(req)) return;
  const { writeHead, write, end } = res;
  let isReplaced = false;
  /** Whether the response fails. Its status is known before its first byte. */
  const fails = () => {
    if (!res.headersSent && res.statusCode === 500) res.writeHead(500);
    return isReplaced;
  };
  Object.assign(res, {
    writeHead(status: number, ...rest: unknown[]) {
      if (status !== 500) return Reflect.apply(writeHead, res, [status, ...rest]);
      isReplaced = true;
      for (const name of ["Content-Encoding", "Content-Length", "ETag", "Link"]) res.removeHeader(name);
      return Reflect.apply(writeHead, res, [status, HEADERS]);
    },
    write: (...chunk: unknown[]) => fails() || Reflect.apply(write, res, chunk),
    end(...chunk: unknown[]) {
      if (!fails()) return Reflect.apply(end, res, chunk);
      const html = htmlOf(page, String(res.getHeader("X-Request-Id")));
      return Reflect.apply(end, res, req.method === "HEAD" ? [] : [html]);
    },
  });
}

interface RejectionWithPage {
  status: number;
  /** The detail of the problem. */
  detail: string;
  page: StaticPage;
  headers?: Record<string, string>;
}

/** False for API calls, and for requests by which a page updates itself. */
function loadsPage({ method, url = "", headers }: IncomingMessage): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  if (/^\/(?:api|scim|oauth|\.well-known)\//.test(url) || headers.rsc !== undefined) return false;
  return (headers.accept ?? "").includes("text/html");
}

function htmlOf({ title, paragraphs, retry }: StaticPage, requestId: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${paragraphs.map((text) => `<p>${escaped(text)}</p>\n`).join("")}${retry ? '<p><a href="">Try again</a></p>\n' : ""}<p><small>Request ${escaped(requestId)}</small></p>
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
