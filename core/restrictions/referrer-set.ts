import type { Client } from "../client.ts";
import { parsePattern, type ReferrerPattern } from "./referrers.ts";
import { defaultPort, originOf, type Page, parsePage } from "./site.ts";

/** What a pattern asks of a page on its host. */
type PageRule = Pick<ReferrerPattern, "scheme" | "port" | "path">;

/** Of most hosts every page may call: they share this one, which so is in the processor's cache. */
const EVERY_PAGE: readonly PageRule[] = [{ scheme: null, port: null, path: null }];

/** Pages that a list lets through. */
export class ReferrerSet {
  /** By host; by `.` and the domain for all of its subdomains. */
  readonly #rules = new Map<string, readonly PageRule[]>();
  #knowsSubdomains = false;

  /** `entries` are in canonical form. Throws `RangeError` for one that is not. */
  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const pattern = parsePattern(entry);
      if ("ok" in pattern) throw new RangeError("not a referrer in canonical form");
      const { host, subdomains, scheme, port, path } = pattern;
      const place = subdomains ? `.${host}` : host;
      const same = this.#rules.get(place) ?? [];
      const isEveryPage = scheme === null && port === null && path === null;
      const rule = { scheme, port, path };
      // Not by spreading an empty list: the engine would reserve room for more rules than nearly all hosts have.
      const rules = same.length === 0 ? [rule] : [...same, rule];
      this.#rules.set(place, isEveryPage && same.length === 0 ? EVERY_PAGE : rules);
      this.#knowsSubdomains ||= subdomains;
    }
  }

  has(page: Page): boolean {
    return this.#someFor(page, fitsPath);
  }

  /** The same when only the origin is known: some pages of it may pass and others not. */
  hasOrigin(page: Page): "all" | "some" | "none" {
    if (this.#someFor(page, ({ path }) => path === null || (path.prefix && path.text === "/"))) return "all";
    return this.#someFor(page, () => true) ? "some" : "none";
  }

  /** Whether one of the rules for the page's origin is `wanted`. On every check's way: it makes no lists. */
  #someFor(page: Page, wanted: (rule: PageRule, page: Page) => boolean): boolean {
    const { host } = page;
    if (someFits(this.#rules.get(host), page, wanted)) return true;
    if (!this.#knowsSubdomains) return false;
    for (let dot = host.indexOf("."); dot !== -1; dot = host.indexOf(".", dot + 1)) {
      if (someFits(this.#rules.get(host.slice(dot)), page, wanted)) return true;
    }
    return false;
  }
}

function someFits(
  rules: readonly PageRule[] | undefined,
  page: Page,
  wanted: (rule: PageRule, page: Page) => boolean,
): boolean {
  return rules?.some((rule) => fitsOrigin(rule, page) && wanted(rule, page)) ?? false;
}

function fitsOrigin({ scheme, port }: PageRule, page: Page): boolean {
  const fitsScheme =
    scheme === null ? page.scheme === "http" || page.scheme === "https" : scheme === page.scheme;
  return fitsScheme && (port === "any" || page.port === (port ?? defaultPort(page.scheme)));
}

function fitsPath({ path }: PageRule, page: Page): boolean {
  if (path === null) return true;
  return path.prefix ? page.path.startsWith(path.text) : page.path === path.text;
}

/**
 * The page that a call came from. An `Origin` stands in for a missing `Referer`; where both are there and
 * disagree, somebody is lying. Null when there is none to go by.
 */
export function pageOf(client: Client): Page | null {
  // Asked for by the rules and for what is kept, one after the other: read once.
  if (client !== last.client) last = { client, page: readPage(client) };
  return last.page;
}

let last: { client: Client | null; page: Page | null } = { client: null, page: null };

function readPage({ referrer, origin }: Client): Page | null {
  if (!referrer) return origin ? parsePage(origin) : null;
  const page = parsePage(referrer);
  if (page === null || !origin || origin === originOf(page)) return page;
  const other = parsePage(origin);
  return other !== null && originOf(other) === originOf(page) ? page : null;
}
