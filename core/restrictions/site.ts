/** The URL of a page without query and fragment. */
export interface PageUrl {
  /** Lower case, without the colon. */
  scheme: string;
  /** Lower case, punycode, no trailing dot. */
  host: string;
  /** The scheme's default port if the URL has none; null for a scheme without a default port. */
  port: number | null;
  /** Resolved and escaped as in the WHATWG URL standard; starts with `/`. */
  path: string;
}

/** The default port of a scheme (WHATWG URL standard); null for a scheme without one. */
export function defaultPort(scheme: string): number | null {
  switch (scheme) {
    case "https":
    case "wss":
      return 443;
    case "http":
    case "ws":
      return 80;
    case "ftp":
      return 21;
    default:
      return null;
  }
}

/**
 * Parses a `Referer` or `Origin` header (WHATWG URL standard). Null for text that is not a URL with a host, and for URLs
 * that parsers read differently: with a backslash or user info.
 */
export function parsePage(text: string): PageUrl | null {
  return parsePlainPage(text) ?? parseUnusualPage(text);
}

/**
 * URLs that the standard's parser returns unchanged: most pages. No segment starts with a dot, which excludes dot
 * segments. Every check with a list of sites reads one, so this looks at each character once and copies little.
 */
function parsePlainPage(text: string): PageUrl | null {
  const start = text.startsWith("https://") ? 8 : text.startsWith("http://") ? 7 : 0;
  const hostEnd = start === 0 ? 0 : endOfPlainHost(text, start);
  if (hostEnd === 0) return null;
  const portEnd = endOfPort(text, hostEnd);
  const pathEnd = endOfPlainPath(text, portEnd);
  if (pathEnd < text.length) {
    const isQuery = text[pathEnd] === "?" || text[pathEnd] === "#";
    if (!isQuery || text.indexOf("\\", pathEnd) !== -1) return null;
  }
  const scheme = start === 8 ? "https" : "http";
  const port = portEnd === hostEnd ? defaultPort(scheme) : Number(text.slice(hostEnd + 1, portEnd));
  if (port !== null && port > 65_535) return null;
  const path = pathEnd === portEnd ? "/" : text.slice(portEnd, pathEnd);
  return { scheme, host: text.slice(start, hostEnd), port, path };
}

/** The end of `:` and up to five digits at `start`; `start` if there is no port. */
function endOfPort(text: string, start: number): number {
  if (text[start] !== ":") return start;
  let end = start + 1;
  while (end < start + 6 && isDigit(text.charCodeAt(end))) end++;
  return end > start + 1 ? end : start;
}

function endOfPlainPath(text: string, start: number): number {
  let at = start;
  if (text[at] !== "/") return at;
  for (; at < text.length; at++) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === SLASH && text[at + 1] === ".") return at;
    if (kind === OTHER) return at;
  }
  return at;
}

function parseUnusualPage(text: string): PageUrl | null {
  if (text.includes("\\")) return null;
  const authority = authorityOf(text.replace(/[\t\n\r]/g, ""));
  if (authority.includes("@") || isTooLong(authority)) return null;
  const url = parseUrl(text);
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
export function originOf({ scheme, host, port }: PageUrl): string {
  return `${scheme}://${host}${port === null || port === defaultPort(scheme) ? "" : `:${port}`}`;
}

/** Whether `text` is the origin of a page. For most pages, this creates no text. */
export function isOriginOf(page: PageUrl, text: string): boolean {
  const { scheme, host, port } = page;
  if (port !== null && port !== defaultPort(scheme)) return text === originOf(page);
  const hasLength = text.length === scheme.length + 3 + host.length;
  return hasLength && text.endsWith(host) && text.startsWith(scheme) && text.startsWith("://", scheme.length);
}

/** As `URL.parse`, which Node 20.15 does not have: the SDK runs this there. */
export function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** The canonical form of a host (WHATWG URL standard, as for http); null for text that is not a host. */
export function canonicalHost(host: string): string | null {
  // Most hosts come from a URL parser and are canonical already.
  if (host !== "" && endOfPlainHost(host, 0) === host.length) return host;
  if (isTooLong(host)) return null;
  const url = parseUrl(`http://${host}/`);
  if (url === null || url.pathname !== "/" || url.username !== "" || url.port !== "") return null;
  const name = url.hostname.endsWith(".") ? url.hostname.slice(0, -1) : url.hostname;
  return name === "" || name.length > 253 || /^\.|\.\.|\.$/.test(name) ? null : name;
}

/**
 * The end of a canonical host name that starts at `start`; 0 if there is none. Its last label starts with a letter, so
 * no parser reads it as an IPv4 address. Labels in punycode are left to the standard's parser.
 */
function endOfPlainHost(text: string, start: number): number {
  let labelStart = start;
  for (let at = start; ; at++) {
    const kind = at < text.length ? kindOf(text.charCodeAt(at)) : OTHER;
    if (kind === LETTER || kind === DIGIT || kind === HYPHEN || kind === UNDERSCORE) continue;
    const isLast = kind !== DOT;
    if (!isPlainLabel(text, labelStart, at, isLast)) return 0;
    if (isLast) return at - start <= MAX_NAME_LENGTH ? at : 0;
    labelStart = at + 1;
  }
}

function isPlainLabel(text: string, start: number, end: number, isLast: boolean): boolean {
  if (end === start || text.startsWith("xn--", start)) return false;
  const [first, last] = [kindOf(text.charCodeAt(start)), kindOf(text.charCodeAt(end - 1))];
  if (first === HYPHEN || last === HYPHEN) return false;
  return !isLast || (first === LETTER && !text.slice(start, end).includes("_"));
}

/** Longest host name, characters. */
const MAX_NAME_LENGTH = 253;

/** Kinds of characters in plain URLs. A path may contain all but `OTHER`, a label the first four. */
const [OTHER, LETTER, DIGIT, HYPHEN, UNDERSCORE, DOT, SLASH, IN_PATH] = [0, 1, 2, 3, 4, 5, 6, 7];

const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const text = String.fromCharCode(code);
  if (/[a-z]/.test(text)) return LETTER;
  if (/[0-9]/.test(text)) return DIGIT;
  const named = { "-": HYPHEN, _: UNDERSCORE, ".": DOT, "/": SLASH }[text];
  return named ?? (/[A-Z~!$&'()*+,;=:@]/.test(text) ? IN_PATH : OTHER);
});

function kindOf(code: number): number {
  return KINDS[code] ?? OTHER;
}

function isDigit(code: number): boolean {
  return kindOf(code) === DIGIT;
}
