/** Where a page is, as far as a referrer tells: no query, no fragment. */
export interface Page {
  /** Lower case, without the colon. */
  scheme: string;
  /** Lower case, punycode, no trailing dot. */
  host: string;
  /** The scheme's own where none is written; null for a scheme that has none. */
  port: number | null;
  /** As the WHATWG URL standard resolves and escapes it; begins with `/`. */
  path: string;
}

const DEFAULT_PORTS: Record<string, number> = { http: 80, https: 443, ws: 80, wss: 443, ftp: 21 };

export function defaultPort(scheme: string): number | null {
  return DEFAULT_PORTS[scheme] ?? null;
}

/** Reads a `Referer` or `Origin` (WHATWG URL); null for what is none, and for one made to mislead. */
export function parsePage(text: string): Page | null {
  return plainPage(text) ?? carefullyParsed(text);
}

/**
 * Most pages: nothing in them that the standard's parser would change, or refuse. No segment begins with a dot,
 * so that none is a dot segment.
 */
const PLAIN_PAGE =
  /^(https?):\/\/([a-z0-9._-]+)(?::(\d{1,5}))?((?:\/(?!\.)[\w.~!$&'()*+,;=:@-]*)*)(?:[?#][^\\]*)?$/;

function plainPage(text: string): Page | null {
  const [, scheme = "", host = "", port, path] = PLAIN_PAGE.exec(text) ?? [];
  if (!PLAIN_HOST.test(host) || Number(port) > 65_535) return null;
  return { scheme, host, port: port ? Number(port) : defaultPort(scheme), path: path || "/" };
}

function carefullyParsed(text: string): Page | null {
  if (text.includes("\\")) return null;
  const authority = authorityOf(text.replace(/[\t\n\r]/g, ""));
  if (authority.includes("@") || tooLong(authority)) return null;
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return null;
  const scheme = url.protocol.slice(0, -1);
  const host = canonicalHost(url.hostname);
  if (host === null) return null;
  const port = url.port === "" ? defaultPort(scheme) : Number(url.port);
  return { scheme, host, port, path: url.pathname === "" ? "/" : url.pathname };
}

/** A name of 253 characters and a port, with some to spare. */
const HOST_MOST = 300;

/** Whether this can be no host. To make one of it (UTS 46, punycode) takes a time that grows with its square. */
function tooLong(host: string): boolean {
  return host.length > HOST_MOST && host.replace(/%[0-9a-f]{2}/gi, "%").length > HOST_MOST;
}

/** What stands between the scheme and the path: in one pass, for the text may be long and hostile. */
function authorityOf(text: string): string {
  let start = text.indexOf(":") + 1;
  while (text[start] === "/") start++;
  const length = text.slice(start).search(/[/?#]/);
  return length === -1 ? text.slice(start) : text.slice(start, start + length);
}

/** The origin as people write it: without the scheme's own port. */
export function originOf({ scheme, host, port }: Page): string {
  return `${scheme}://${host}${port === null || port === defaultPort(scheme) ? "" : `:${port}`}`;
}

/** A host as the WHATWG URL standard has it for http, for every scheme; null for what is no host. */
export function canonicalHost(host: string): string | null {
  // Most come from a parser that has seen to it already.
  if (PLAIN_HOST.test(host)) return host;
  if (tooLong(host)) return null;
  const url = URL.parse(`http://${host}/`);
  if (url === null || url.pathname !== "/" || url.username !== "" || url.port !== "") return null;
  const name = url.hostname.endsWith(".") ? url.hostname.slice(0, -1) : url.hostname;
  return name === "" || name.length > 253 || /^\.|\.\.|\.$/.test(name) ? null : name;
}

/** Letters first in its last label: no number that a parser could read as an address. */
const PLAIN_HOST =
  /^(?=.{1,253}$)(?:(?!xn--)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*(?!xn--)[a-z](?:[a-z0-9-]*[a-z0-9])?$/;
