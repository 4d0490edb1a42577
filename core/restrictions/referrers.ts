import { getPublicSuffix } from "tldts";
import { MAX_REFERRER_LENGTH } from "./kinds.ts";
import {
  type EntryNotice,
  invalidEntry,
  notice,
  type ParsedEntry,
  visible,
  withInvisibleNotice,
} from "./parsed-entry.ts";
import { canonicalHost, defaultPort, parseUrl } from "./site.ts";

/** A parsed referrer pattern (docs/integrate/restrictions.md). */
export interface ReferrerPattern {
  /** Null for http and https. */
  scheme: string | null;
  /** Canonical host; with `subdomains`, the parent domain. */
  host: string;
  subdomains: boolean;
  /** Null for the default port of the scheme. */
  port: number | "any" | null;
  /** Null for every path. */
  path: { text: string; prefix: boolean } | null;
}

const PATTERN = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)([^?#]*)([?#].*)?$/i;
const DOT_SEGMENT = /(^|\/)(\.|%2e){1,2}(?=\/|$)/i;

/** Parses a referrer pattern, `[scheme://]host[:port][/path]`, and rejects `*.` before a public suffix. */
export function readReferrer(written: string): ParsedEntry<string> {
  return withInvisibleNotice(readVisibleReferrer(visible(written)), written);
}

function readVisibleReferrer(text: string): ParsedEntry<string> {
  if (text.length > MAX_REFERRER_LENGTH) return invalidEntry("referrer-long");
  const read = parsePattern(text);
  if ("ok" in read) return read;
  // Not in `parsePattern`: a saved key must keep working when the public suffix list grows.
  if (read.subdomains && isPublicSuffix(read.host)) return invalidEntry("referrer-public-suffix");
  const notices: EntryNotice[] = [];
  if (/[?#]/.test(text)) notices.push(notice("referrer-query"));
  if (read.path?.text === "/" && !read.path.prefix) notices.push(notice("referrer-home-only"));
  else if (read.path && read.path.text !== "/") notices.push(notice("referrer-path"));
  const canonical = formatPattern(read);
  return { ok: true, entry: canonical, text: canonical, meaning: meaningOf(read), notices };
}

/** Parses a pattern without checking for public suffixes; returns the error for an invalid one. */
export function parsePattern(text: string): ReferrerPattern | ReturnType<typeof invalidEntry> {
  if (text === "") return invalidEntry("referrer-empty");
  if (/[\s\p{Cc}]/u.test(text)) return invalidEntry("referrer-space");
  if (text.includes("\\"))
    return invalidEntry("referrer-backslash", suggestIfValid(text.replaceAll("\\", "/")));
  if (/^(\*:\/\/)?\*?(:\*)?(\/\*?)?$/.test(text)) return invalidEntry("referrer-everything");
  const [, badScheme, rest = ""] = /^([^/?#]*):\/\/(.*)$/s.exec(text) ?? [];
  if (badScheme !== undefined && !/^[a-z][a-z0-9+.-]*$/i.test(badScheme)) {
    // More than one scheme in the rest is no pattern either: trying it would take long for a long text.
    return invalidEntry("referrer-scheme", rest.split("://").length > 2 ? [] : suggestIfValid(rest));
  }
  const [, writtenScheme, authority = "", writtenPath = ""] = PATTERN.exec(text) ?? [];
  const scheme = writtenScheme?.toLowerCase() ?? null;
  if (scheme === "file") return invalidEntry("referrer-file");
  if (authority.includes("@")) {
    return invalidEntry(
      "referrer-user-info",
      suggestIfValid(text.replace(authority, () => authority.slice(authority.lastIndexOf("@") + 1))),
    );
  }
  const [, writtenHost = "", , writtenPort] = /^(\[[^\]]*\]|[^:]*)(:(.*))?$/s.exec(authority) ?? [];
  const port = readPort(writtenPort, scheme);
  // `https://https://example.com`: the second scheme is parsed as a host with an empty port.
  if (port === undefined) {
    return writtenPort === "" && writtenPath.startsWith("//")
      ? invalidEntry(
          "referrer-scheme",
          suggestIfValid(text.slice(text.lastIndexOf("://") - authority.length + 1)),
        )
      : invalidEntry("referrer-port");
  }
  const host = readHost(writtenHost, text);
  if ("ok" in host) return host;
  const path = readPath(writtenPath);
  if (path !== null && "ok" in path) return path;
  return { scheme, ...host, port, path };
}

function readPort(text: string | undefined, scheme: string | null): number | "any" | null | undefined {
  if (text === undefined) return null;
  if (text === "*") return "any";
  const port = /^(0|[1-9]\d{0,4})$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) return undefined;
  return scheme !== null && port === defaultPort(scheme) ? null : port;
}

function readHost(
  text: string,
  whole: string,
): Pick<ReferrerPattern, "host" | "subdomains"> | ReturnType<typeof invalidEntry> {
  const subdomains = text.startsWith("*.");
  const name = subdomains ? text.slice(2) : text;
  if (name.includes("*")) return invalidEntry("referrer-star", withoutStar(text, whole));
  const host = name.includes("%") ? null : canonicalHost(name);
  // URL parsers accept characters that host names don't have, such as commas, quotes and parentheses.
  if (host === null || !/^\[|^[a-z0-9_.-]+$/.test(host))
    return invalidEntry("referrer-host", splitSites(whole));
  if (!subdomains) return { host, subdomains };
  if (/^[\d.]+$|^\[/.test(host))
    return invalidEntry("referrer-star-address", suggestIfValid(whole.replace("*.", () => "")));
  return { host, subdomains };
}

/** Names that are never public sites: this machine, or hosts of the local network (RFC 6761, RFC 6762, RFC 8375). */
const LOCAL_NAMES = new Set(["localhost", "test", "internal", "local", "home.arpa"]);

/** On the public suffix list, including its private section (github.io); single labels count as well. */
function isPublicSuffix(host: string): boolean {
  if (LOCAL_NAMES.has(host)) return false;
  return (
    getPublicSuffix(host, { allowPrivateDomains: true, extractHostname: false, validateHostname: false }) ===
    host
  );
}

/** More sites in one row than this get no suggestions. */
const MAX_SITES = 50;

/** Suggestions for several sites in one row. */
function splitSites(whole: string): string[] {
  const parts = whole.split(/[,;]/).filter((part) => part !== "");
  const areSites = parts.length > 1 && parts.length <= MAX_SITES && parts.length < whole.length;
  return areSites ? parts.flatMap(suggestIfValid) : [];
}

/** Suggestions for a misplaced star: `*example.com` may mean the domain or its subdomains, `example.com*` all its pages. */
function withoutStar(host: string, whole: string): string[] {
  if (/^[^*]*[^*.]\*$/.test(host)) return suggestIfValid(whole.replace(host, () => host.slice(0, -1)));
  if (!/^\*\.?[^*]+$/.test(host)) return [];
  const name = host.replace(/^\*\.?/, "");
  if (name.startsWith("-")) return [];
  return [name, `*.${name}`].flatMap((meant) => suggestIfValid(whole.replace(host, () => meant)));
}

function readPath(text: string): ReferrerPattern["path"] | ReturnType<typeof invalidEntry> {
  if (text === "") return null;
  const prefix = text.endsWith("*");
  const written = prefix ? text.slice(0, -1) : text;
  if (written.includes("*")) return invalidEntry("referrer-path-star");
  // A prefix may end in the middle of a segment. The appended letter prevents `/.` from being read as a dot segment.
  const path = prefix ? `${written}x` : written;
  if (DOT_SEGMENT.test(path)) return invalidEntry("referrer-dot-segments");
  const resolved = parseUrl(`http://host${path}`)?.pathname ?? path;
  return { text: prefix ? resolved.slice(0, -1) : resolved, prefix };
}

function formatPattern({ scheme, host, subdomains, port, path }: ReferrerPattern): string {
  const portText = port === null ? "" : port === "any" ? ":*" : `:${port}`;
  const pathText = path === null ? "" : `${path.text}${path.prefix ? "*" : ""}`;
  return `${scheme === null ? "" : `${scheme}://`}${subdomains ? "*." : ""}${host}${portText}${pathText}`;
}

function meaningOf({ scheme, host, subdomains, port, path }: ReferrerPattern): string {
  const page =
    path === null || (path.prefix && path.text === "/")
      ? "Any page"
      : path.prefix
        ? `Pages whose path begins with ${path.text}`
        : path.text === "/"
          ? "The home page"
          : `The page ${path.text}`;
  const where = subdomains ? `any subdomain of ${host}, not ${host} itself` : host;
  const by = scheme === null ? "" : ` over ${scheme}`;
  const at = port === null ? "" : port === "any" ? ", at any port" : `, at port ${port} only`;
  return `${page} on ${where}${by}${at}.`;
}

/** The canonical form of `text` as the only suggestion; none if it is invalid. */
function suggestIfValid(text: string): string[] {
  const parsed = readReferrer(text);
  return parsed.ok ? [parsed.text] : [];
}
