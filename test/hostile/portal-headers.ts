import fc from "fast-check";
import { type Header, headerText, maybe } from "./headers.ts";
import { mostly, strangeJson } from "./texts.ts";

const treeText = fc.oneof(
  fc.constantFrom(
    '["",{"children":["__PAGE__",{}]},null,null,16]',
    "[]",
    "{}",
    "null",
    "%",
    "%7Bbad",
    "[1,2]",
    '["",{"children":1}]',
    ...[
      `["",${"[".repeat(2_000)}`,
      `["${"a".repeat(2_400)}",{}]`,
      '["__proto__",{"__proto__":["a",{}]},"a","refetch"]',
    ],
  ),
  strangeJson,
  headerText,
);

/** Headers with which Next's client requests parts of pages. */
export const nextHeaders = fc.tuple(
  maybe("RSC", mostly(fc.constant("1"), headerText)),
  maybe(
    "Next-Router-State-Tree",
    fc.oneof(
      treeText,
      treeText.map((text) => encodeURIComponent(text.toWellFormed())),
    ),
  ),
  maybe("Next-Router-Prefetch", fc.oneof(fc.constantFrom("1", "2"), headerText)),
  maybe(
    "Next-Router-Segment-Prefetch",
    fc.oneof(fc.constantFrom("/_tree", "/__PAGE__", "/../x"), headerText),
  ),
  maybe("Next-Url", fc.oneof(fc.constantFrom("/projects", "%ff", "//x"), headerText)),
  maybe("Next-HMR-Refresh", fc.constant("1")),
  maybe("X-Nextjs-Data", fc.constant("1")),
  maybe("X-Middleware-Subrequest", fc.constant("proxy:proxy:proxy:proxy:proxy")),
);

/** Headers that browsers send. `url` is the portal's address, `cookies` are values of `Cookie` with valid sessions. */
export const commonHeaders = ({ url, cookies }: { url: string; cookies: string[] }) =>
  fc.tuple(
    maybe(
      "Cookie",
      mostly(fc.constantFrom(...cookies), fc.oneof(headerText, fc.constant("latchkey.session=%ff; a=b"))),
    ),
    maybe(
      "Origin",
      mostly(fc.constant(url), fc.oneof(fc.constantFrom("null", "://::", "http://evil.example"), headerText)),
    ),
    maybe("X-Forwarded-Host", fc.oneof(fc.constant("evil.example"), headerText)),
    maybe(
      "Accept",
      fc.oneof(fc.constantFrom("text/html", "text/x-component", "application/json", "*/*"), headerText),
    ),
    maybe("Accept-Encoding", fc.constantFrom("gzip", "br", "identity;q=0", "x")),
    maybe("Range", fc.constantFrom("bytes=0-1", "bytes=9-1", "x")),
    maybe("If-None-Match", fc.constantFrom("*", '"x"', "W/")),
    maybe("If-Modified-Since", fc.constantFrom("x", "Thu, 01 Jan 1970 00:00:00 GMT")),
  );

/** Without the headers that are left out. */
export const present = (headers: readonly (Header | null)[]): Header[] =>
  headers.filter((header) => header !== null);
