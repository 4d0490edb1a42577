import type { Client } from "../client.ts";
import { parsePattern, type ReferrerPattern } from "./referrers.ts";
import { defaultPort, isOriginOf, originOf, type PageUrl, parsePage } from "./site.ts";

/** What a pattern requires of a page on its host. */
type PageRule = Pick<ReferrerPattern, "scheme" | "port" | "path">;

/** Most patterns allow every page of a host. They share this list, which stays in the processor's cache. */
const EVERY_PAGE: readonly PageRule[] = [{ scheme: null, port: null, path: null }];

/** The pages that a list allows. */
export class ReferrerSet {
  /** Rules by host; rules for all subdomains of a domain by `.` and the domain. */
  readonly #rules = new Map<string, readonly PageRule[]>();
  #hasSubdomainRules = false;

  /** `entries` are in canonical form. Throws `RangeError` for an invalid one. */
  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const pattern = parsePattern(entry);
      if ("ok" in pattern) throw new RangeError("not a referrer in canonical form");
      const { host, subdomains, scheme, port, path } = pattern;
      const lookupKey = subdomains ? `.${host}` : host;
      const existing = this.#rules.get(lookupKey) ?? [];
      const isEveryPage = scheme === null && port === null && path === null;
      const rule = { scheme, port, path };
      // Spreading an empty list would make V8 reserve memory for more rules than most hosts have.
      const rules = existing.length === 0 ? [rule] : [...existing, rule];
      this.#rules.set(lookupKey, isEveryPage && existing.length === 0 ? EVERY_PAGE : rules);
      this.#hasSubdomainRules ||= subdomains;
    }
  }

  /** Whether a pattern matches the page, including its path. */
  has(page: PageUrl): boolean {
    return this.#anyRule(page, fitsPath);
  }

  /** Whether all, some or none of the pages of the page's origin are allowed. */
  hasOrigin(page: PageUrl): "all" | "some" | "none" {
    if (this.#anyRule(page, ({ path }) => path === null || (path.prefix && path.text === "/"))) return "all";
    return this.#anyRule(page, () => true) ? "some" : "none";
  }

  /** Whether a rule for the page's origin fulfills `wanted`. Runs in every check. */
  #anyRule(page: PageUrl, wanted: (rule: PageRule, page: PageUrl) => boolean): boolean {
    const { host } = page;
    if (anyRuleFits(this.#rules.get(host), page, wanted)) return true;
    if (!this.#hasSubdomainRules) return false;
    for (const suffix of suffixesOf(page)) {
      if (anyRuleFits(this.#rules.get(suffix), page, wanted)) return true;
    }
    return false;
  }
}

/** The look-up keys of rules for subdomains that the page's host has, longest first. */
function suffixesOf(page: PageUrl): readonly string[] {
  // Repeated checks of a client have one page.
  if (page !== lastSuffixes.page) lastSuffixes = { page, suffixes: readSuffixes(page.host) };
  return lastSuffixes.suffixes;
}

let lastSuffixes: { page: PageUrl | null; suffixes: readonly string[] } = { page: null, suffixes: [] };

function readSuffixes(host: string): string[] {
  const suffixes: string[] = [];
  for (let dot = host.indexOf("."); dot !== -1; dot = host.indexOf(".", dot + 1))
    suffixes.push(host.slice(dot));
  return suffixes;
}

function anyRuleFits(
  rules: readonly PageRule[] | undefined,
  page: PageUrl,
  wanted: (rule: PageRule, page: PageUrl) => boolean,
): boolean {
  if (rules === undefined) return false;
  for (const rule of rules) if (fitsOrigin(rule, page) && wanted(rule, page)) return true;
  return false;
}

function fitsOrigin({ scheme, port }: PageRule, page: PageUrl): boolean {
  const fitsScheme =
    scheme === null ? page.scheme === "http" || page.scheme === "https" : scheme === page.scheme;
  return fitsScheme && (port === "any" || page.port === (port ?? defaultPort(page.scheme)));
}

function fitsPath({ path }: PageRule, page: PageUrl): boolean {
  if (path === null) return true;
  return path.prefix ? page.path.startsWith(path.text) : page.path === path.text;
}

/**
 * The page that a request came from: its `Referer`, or its `Origin` if there is no `Referer`. Null if neither is a valid
 * URL, or if their origins differ, which only a forged request can have.
 */
export function referringPage(client: Client): PageUrl | null {
  const { referrer, origin } = client;
  // A check needs the page twice, for the restrictions and for the observations, and the next one may have the same.
  if (referrer !== last.referrer || origin !== last.origin)
    last = { referrer, origin, page: readPage(client) };
  return last.page;
}

/** Only of one client, because the texts may contain secrets. */
let last: { referrer: string | null; origin: string | null; page: PageUrl | null } = {
  referrer: null,
  origin: null,
  page: null,
};

function readPage({ referrer, origin }: Client): PageUrl | null {
  if (!referrer) return origin ? parsePage(origin) : null;
  const page = parsePage(referrer);
  if (page === null || !origin || isOriginOf(page, origin)) return page;
  const other = parsePage(origin);
  return other !== null && originOf(other) === originOf(page) ? page : null;
}
