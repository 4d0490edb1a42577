/** The URL of a page without query and fragment. */
export interface Page {
  /** Lower case, without the colon. */
  scheme: string;
  /** Lower case, punycode, no trailing dot. */
  host: string;
  /** The scheme's default port if the URL has none; null for a scheme without a default port. */
  port: number | null;
  /** Resolved and escaped as in the WHATWG URL standard; starts with `/`. */
  path: string;
}

const DEFAULT_PORTS: Record<string, number> = { http: 80, https: 443, ws: 80, wss: 443, ftp: 21 };

/** The default port of a scheme (WHATWG URL standard); null for a scheme without one. */
export function defaultPort(scheme: string): number | null {
  return DEFAULT_PORTS[scheme] ?? null;
}

/**
 * Parses a `Referer` or `Origin` header (WHATWG URL standard). Null for text that is not a URL with a host, and for URLs
 * that parsers read differently: with a backslash or user info.
 */
export function parsePage(text: string): Page | null {
  return parsePlainPage(text) ?? parseUnusualPage(text);
}

/**
 * URLs that the standard's parser returns unchanged: most pages. No segment starts with a dot, which excludes dot
 * segments.
 */
const PLAIN_PAGE =
  /^(https?):\/\/([a-z0-9._-]+)(?::(\d{1,5}))?((?:\/(?!\.)[\w.~!$&'()*+,;=:@-]*)*)(?:[?#][^\\]*)?$/;

function parsePlainPage(text: string): Page | null {
  const [, scheme = "", host = "", port, path] = PLAIN_PAGE.exec(text) ?? [];
  if (!PLAIN_HOST.test(host) || Number(port) > 65_535) return null;
  return { scheme, host, port: port ? Number(port) : defaultPort(scheme), path: path || "/" };
}

function parseUnusualPage(text: string): Page | null {
  if (text.includes("\\")) return null;
  const authority = authorityOf(text.replace(/[\t\n\r]/g, ""));
  if (authority.includes("@") || isTooLong(authority)) return null;
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return null;
  const scheme = url.protocol.slice(0, -1);
  const host = canonicalHost(url.hostname);
  if (host === null) return null;
  const port = url.port === "" ? defaultPort(scheme) : Number(url.port);
  return { scheme, host, port, path: url.pathname === "" ? "/" : url.pathname };
}

/** Longer than a host name of 253 characters with a port, characters. */
const MAX_HOST_LENGTH = 300;

/** Whether the text is too long for a host. Converting it (UTS 46, punycode) would take quadratic time. */
function isTooLong(host: string): boolean {
  return host.length > MAX_HOST_LENGTH && host.replace(/%[0-9a-f]{2}/gi, "%").length > MAX_HOST_LENGTH;
}

/** The part between the scheme and the path, in linear time because the text may be long and hostile. */
function authorityOf(text: string): string {
  let start = text.indexOf(":") + 1;
  while (text[start] === "/") start++;
  const length = text.slice(start).search(/[/?#]/);
  return length === -1 ? text.slice(start) : text.slice(start, start + length);
}

/** The origin of a page (RFC 6454), without the scheme's default port. */
export function originOf({ scheme, host, port }: Page): string {
  return `${scheme}://${host}${port === null || port === defaultPort(scheme) ? "" : `:${port}`}`;
}

/** The canonical form of a host (WHATWG URL standard, as for http); null for text that is not a host. */
export function canonicalHost(host: string): string | null {
  // Most hosts come from a URL parser and are canonical already.
  if (PLAIN_HOST.test(host)) return host;
  if (isTooLong(host)) return null;
  const url = URL.parse(`http://${host}/`);
  if (url === null || url.pathname !== "/" || url.username !== "" || url.port !== "") return null;
  const name = url.hostname.endsWith(".") ? url.hostname.slice(0, -1) : url.hostname;
  return name === "" || name.length > 253 || /^\.|\.\.|\.$/.test(name) ? null : name;
}

/** The last label starts with a letter, so no parser reads the host as an IPv4 address. */
const PLAIN_HOST =
  /^(?=.{1,253}$)(?:(?!xn--)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*(?!xn--)[a-z](?:[a-z0-9-]*[a-z0-9])?$/;
