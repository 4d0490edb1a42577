import type { Client } from "../client.ts";
import { parsePattern, type ReferrerPattern } from "./referrers.ts";
import { defaultPort, originOf, type Page, parsePage } from "./site.ts";

/** Pages that a list lets through. */
export class ReferrerSet {
  readonly #exact = new Map<string, ReferrerPattern[]>();
  readonly #above = new Map<string, ReferrerPattern[]>();

  /** `entries` are in canonical form. Throws `RangeError` for one that is not. */
  constructor(entries: readonly string[]) {
    for (const entry of entries) {
      const pattern = parsePattern(entry);
      if ("ok" in pattern) throw new RangeError("not a referrer in canonical form");
      const byHost = pattern.subdomains ? this.#above : this.#exact;
      const same = byHost.get(pattern.host);
      if (same) same.push(pattern);
      else byHost.set(pattern.host, [pattern]);
    }
  }

  has(page: Page): boolean {
    return this.#someFor(page, (pattern) => fitsPath(pattern, page.path));
  }

  /** The same when only the origin is known: some pages of it may pass and others not. */
  hasOrigin(page: Page): "all" | "some" | "none" {
    if (this.#someFor(page, ({ path }) => path === null || (path.prefix && path.text === "/"))) return "all";
    return this.#someFor(page, () => true) ? "some" : "none";
  }

  /** Whether one of the patterns for the page's origin is `wanted`. On every check's way: it makes no lists. */
  #someFor(page: Page, wanted: (pattern: ReferrerPattern) => boolean): boolean {
    const fits = (pattern: ReferrerPattern) => fitsOrigin(pattern, page) && wanted(pattern);
    if (this.#exact.get(page.host)?.some(fits)) return true;
    if (this.#above.size === 0) return false;
    for (let dot = page.host.indexOf("."); dot !== -1; dot = page.host.indexOf(".", dot + 1)) {
      if (this.#above.get(page.host.slice(dot + 1))?.some(fits)) return true;
    }
    return false;
  }
}

function fitsOrigin({ scheme, port }: ReferrerPattern, page: Page): boolean {
  const fitsScheme =
    scheme === null ? page.scheme === "http" || page.scheme === "https" : scheme === page.scheme;
  return fitsScheme && (port === "any" || page.port === (port ?? defaultPort(page.scheme)));
}

function fitsPath({ path }: ReferrerPattern, seen: string): boolean {
  if (path === null) return true;
  return path.prefix ? seen.startsWith(path.text) : seen === path.text;
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
