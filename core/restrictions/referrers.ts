import { getPublicSuffix } from "tldts";
import { MAX_REFERRER_LENGTH } from "./kinds.ts";
import { fault, type Notice, notice, notingInvisible, type Reading, visible } from "./reading.ts";
import { canonicalHost, defaultPort } from "./site.ts";

/** A referrer pattern, read (contract, 5.2). */
export interface ReferrerPattern {
  /** Null for http and https. */
  scheme: string | null;
  /** Canonical; with `subdomains`, the domain whose subdomains are meant. */
  host: string;
  subdomains: boolean;
  /** Null for the scheme's own. */
  port: number | "any" | null;
  /** Null for every path. */
  path: { text: string; prefix: boolean } | null;
}

const PATTERN = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/?#]*)([^?#]*)([?#].*)?$/i;
const DOT_SEGMENT = /(^|\/)(\.|%2e){1,2}(?=\/|$)/i;

/** Reads a referrer pattern: `[scheme://]host[:port][/path]`. */
export function readReferrer(written: string): Reading<string> {
  return notingInvisible(readVisibleReferrer(visible(written)), written);
}

function readVisibleReferrer(text: string): Reading<string> {
  if (text.length > MAX_REFERRER_LENGTH) return fault("referrer-long");
  const read = parsePattern(text);
  if ("ok" in read) return read;
  // Only now: a key that was saved must not stop working when the list of suffixes grows.
  if (read.subdomains && isPublicSuffix(read.host)) return fault("referrer-public-suffix");
  const notices: Notice[] = [];
  if (/[?#]/.test(text)) notices.push(notice("referrer-query"));
  if (read.path?.text === "/" && !read.path.prefix) notices.push(notice("referrer-home-only"));
  else if (read.path && read.path.text !== "/") notices.push(notice("referrer-path"));
  const canonical = formatPattern(read);
  return { ok: true, entry: canonical, text: canonical, meaning: meaningOf(read), notices };
}

/** The pattern that `text` is, or what is wrong with it. */
export function parsePattern(text: string): ReferrerPattern | ReturnType<typeof fault> {
  if (text === "") return fault("referrer-empty");
  if (/[\s\p{Cc}]/u.test(text)) return fault("referrer-space");
  if (text.includes("\\")) return fault("referrer-backslash", readable(text.replaceAll("\\", "/")));
  if (/^(\*:\/\/)?\*?(:\*)?(\/\*?)?$/.test(text)) return fault("referrer-everything");
  const [, badScheme, rest = ""] = /^([^/?#]*):\/\/(.*)$/s.exec(text) ?? [];
  if (badScheme !== undefined && !/^[a-z][a-z0-9+.-]*$/i.test(badScheme)) {
    return fault("referrer-scheme", readable(rest));
  }
  const [, writtenScheme, authority = "", writtenPath = ""] = PATTERN.exec(text) ?? [];
  const scheme = writtenScheme?.toLowerCase() ?? null;
  if (scheme === "file") return fault("referrer-file");
  if (authority.includes("@")) {
    return fault(
      "referrer-user-info",
      readable(text.replace(authority, () => authority.slice(authority.lastIndexOf("@") + 1))),
    );
  }
  const [, writtenHost = "", , writtenPort] = /^(\[[^\]]*\]|[^:]*)(:(.*))?$/s.exec(authority) ?? [];
  const port = readPort(writtenPort, scheme);
  // `https://https://example.com`: the second scheme stands where the host and an empty port would.
  if (port === undefined) {
    return writtenPort === "" && writtenPath.startsWith("//")
      ? fault("referrer-scheme", readable(text.slice(text.lastIndexOf("://") - authority.length + 1)))
      : fault("referrer-port");
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
): Pick<ReferrerPattern, "host" | "subdomains"> | ReturnType<typeof fault> {
  const subdomains = text.startsWith("*.");
  const name = subdomains ? text.slice(2) : text;
  if (name.includes("*")) return fault("referrer-star", withoutStar(text, whole));
  const host = name.includes("%") ? null : canonicalHost(name);
  // Parsers let more pass than any name has: lists with commas, quotes, parentheses.
  if (host === null || !/^\[|^[a-z0-9_.-]+$/.test(host)) return fault("referrer-host", separate(whole));
  if (!subdomains) return { host, subdomains };
  if (/^[\d.]+$|^\[/.test(host))
    return fault("referrer-star-address", readable(whole.replace("*.", () => "")));
  return { host, subdomains };
}

/** Names that never mean anybody else's site: this machine, or what a network's own people run (RFC 6761, 9476). */
const OWN_NAMES = new Set(["localhost", "test", "internal", "local", "home.arpa"]);

/** On the list with its private part (github.io), or a single label, which the list's last rule covers. */
function isPublicSuffix(host: string): boolean {
  if (OWN_NAMES.has(host)) return false;
  return (
    getPublicSuffix(host, { allowPrivateDomains: true, extractHostname: false, validateHostname: false }) ===
    host
  );
}

/** Several sites in one row. */
function separate(whole: string): string[] {
  const parts = whole.split(/[,;]/).filter((part) => part !== "");
  return parts.length > 1 && parts.length < whole.length ? parts.flatMap(readable) : [];
}

/** `*example.com` may have meant the domain, its subdomains, or both; `example.com*` all its pages. */
function withoutStar(host: string, whole: string): string[] {
  if (/^[^*]*[^*.]\*$/.test(host)) return readable(whole.replace(host, () => host.slice(0, -1)));
  if (!/^\*\.?[^*]+$/.test(host)) return [];
  const name = host.replace(/^\*\.?/, "");
  if (name.startsWith("-")) return [];
  return [name, `*.${name}`].flatMap((meant) => readable(whole.replace(host, () => meant)));
}

function readPath(text: string): ReferrerPattern["path"] | ReturnType<typeof fault> {
  if (text === "") return null;
  const prefix = text.endsWith("*");
  const written = prefix ? text.slice(0, -1) : text;
  if (written.includes("*")) return fault("referrer-path-star");
  // A prefix may end in the middle of a segment: the letter keeps `/.` from being taken for a whole one.
  const path = prefix ? `${written}x` : written;
  if (DOT_SEGMENT.test(path)) return fault("referrer-dot-segments");
  const resolved = URL.parse(`http://host${path}`)?.pathname ?? path;
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

/** The text as a suggestion, if it can be saved. */
function readable(text: string): string[] {
  const reading = readReferrer(text);
  return reading.ok ? [reading.text] : [];
}
