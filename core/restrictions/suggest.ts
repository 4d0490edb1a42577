import { getDomain } from "tldts";
import { OTHERS, type SightingKind } from "../sightings.ts";
import { parseAddress } from "./address.ts";
import { readAndroidApp, readIosApp } from "./apps.ts";
import { effectOf, type PassedChecks } from "./effect.ts";
import { readIp } from "./ips.ts";
import { readReferrer } from "./referrers.ts";
import { parsePage } from "./site.ts";
import { type ApiRestriction, NO_RESTRICTIONS, type Restrictions } from "./types.ts";

/** So many entries of a kind at most: a longer list is no restriction that anybody looks through. */
const ENTRIES_MOST = 20;
/** So many single addresses are named; more are taken together in networks. */
const ADDRESSES_MOST = 10;
/** The usual size of one network: what a provider gives to one customer or site. */
const NETWORK_BITS = { 4: 24, 6: 64 };
/** So many subdomains of one domain are taken together. */
const SUBDOMAINS_LEAST = 3;

interface Suggestion {
  restrictions: Restrictions;
  /** Of the checks that passed, so many would have been refused; 0 unless the rarest were left out. */
  wouldRefuse: number;
}

/** The narrowest set of reasonable length that checks that passed would still pass, or why there is none. */
export type Suggested = { suggestion: Suggestion; why: string | null } | { suggestion: null; why: string };

/**
 * What to restrict a key to, by what it is used for. `current` is kept where nothing narrower is known.
 * `leaveOut`: so many checks at most may be refused by it; 0 suggests nothing that would have refused one.
 */
export function suggestFor(passed: PassedChecks, current: Restrictions, leaveOut: number): Suggested {
  if (passed.checks === 0) return { suggestion: null, why: "No check passed in this time." };
  const { set, why } = applicationOf(passed, leaveOut);
  const restrictions = { ...current, ...set, apis: apisOf(passed) };
  if (JSON.stringify(restrictions) === JSON.stringify(current)) {
    return { suggestion: null, why: why ?? "It is restricted to exactly what it is used for." };
  }
  // What the key has already refused none of them.
  const added = { ...NO_RESTRICTIONS, ...set, apis: restrictions.apis };
  return { suggestion: { restrictions, wouldRefuse: effectOf(added, passed).atMost }, why };
}

type ApplicationSet = Partial<Pick<Restrictions, "ips" | "referrers" | "apps">>;

/** Apps prove least and say most: where every check names one it is an app. Then sites, then addresses. */
function applicationOf(passed: PassedChecks, leaveOut: number): { set: ApplicationSet; why: string | null } {
  const named = (kind: SightingKind) => namedValues(passed, kind, leaveOut);
  const apps = named("app");
  const readable = apps && readApps(apps);
  if (readable && apps.length <= ENTRIES_MOST) return { set: { apps: readable }, why: null };
  const origins = named("origin");
  const sites = origins && sitesOf(origins);
  if (sites && sites.length <= ENTRIES_MOST) return { set: { referrers: sites }, why: null };
  const addresses = named("address");
  if (addresses === null) return { set: {}, why: whyNot(passed) };
  const networks = addresses.length <= ADDRESSES_MOST ? addresses.toSorted() : networksOf(addresses);
  if (networks.length <= ENTRIES_MOST) return { set: { ips: networks }, why: null };
  return { set: {}, why: `It is used from ${networks.length} networks: too many for a list of addresses.` };
}

/** Every value of a kind, without the rarest that may be left out; null where some checks can't be told. */
function namedValues(
  { checks, sightings }: PassedChecks,
  kind: SightingKind,
  leaveOut: number,
): string[] | null {
  const seen = sightings[kind].toSorted((a, b) => a.count - b.count);
  let left = leaveOut - (checks - seen.reduce((sum, { count }) => sum + count, 0));
  if (left < 0) return null;
  const values: string[] = [];
  for (const { value, count } of seen) {
    if (count <= left) left -= count;
    else if (value === "" || value === OTHERS) return null;
    else values.push(value);
  }
  return values.length === 0 ? null : values;
}

function whyNot({ checks, sightings: { address } }: PassedChecks): string {
  const kept = address.reduce((sum, { count }) => sum + count, 0);
  if (kept < checks) return "Where calls come from has not been kept for all of this time yet.";
  return address.some(({ value }) => value === "")
    ? "Some calls came without an address, a site or an app: the service does not pass them on."
    : "It is used from more addresses than are kept apart.";
}

/** Each address with the network around it, once. */
function networksOf(addresses: string[]): string[] {
  const networks = addresses.flatMap((text) => {
    const address = parseAddress(text);
    const reading = address && readIp(`${text}/${NETWORK_BITS[address.family]}`);
    return reading?.ok ? [reading.entry] : [];
  });
  return [...new Set(networks)].sort();
}

/** The origins as patterns; several subdomains of one domain as one, where that is nobody else's. */
function sitesOf(origins: string[]): string[] | null {
  const bySite = Map.groupBy(origins, subdomainsPattern);
  const patterns = [...bySite].flatMap(([pattern, same]) =>
    pattern !== null && same.length >= SUBDOMAINS_LEAST ? [pattern] : same,
  );
  const readings = patterns.map(readReferrer);
  return readings.every((one) => one.ok)
    ? readings.flatMap((one) => (one.ok ? [one.entry] : [])).sort()
    : null;
}

/** `https://*.example.com` for a subdomain of example.com at its scheme's own port; null for anything else. */
function subdomainsPattern(origin: string): string | null {
  const page = parsePage(origin);
  const domain = page && getDomain(page.host, { allowPrivateDomains: true });
  if (!page || !domain || page.host === domain || origin !== `${page.scheme}://${page.host}`) return null;
  const pattern = `${page.scheme}://*.${domain}`;
  return readReferrer(pattern).ok ? pattern : null;
}

/** The apps as entries; null where one can't be saved. */
function readApps(values: string[]): Restrictions["apps"] | null {
  const apps: Restrictions["apps"] = { android: [], ios: [] };
  // A call that named two apps passes by either.
  for (const value of new Set(values.map((text) => text.split("|")[0] ?? ""))) {
    const android = /^android:(.+)@([0-9a-f]{40})$/.exec(value);
    const [, name = "", sha1 = ""] = android ?? [];
    const reading = android
      ? readAndroidApp({ package: name, sha1 })
      : readIosApp({ bundleId: value.replace(/^ios:/, "") });
    if (!reading.ok) return null;
    if ("package" in reading.entry) apps.android.push(reading.entry);
    else apps.ios.push(reading.entry);
  }
  return apps;
}

/** The APIs that were called; their operations where every call named one and they are few. */
function apisOf({ calls }: PassedChecks): ApiRestriction[] {
  return [...Map.groupBy(calls, ({ api }) => api)]
    .map(([api, same]) => {
      const operations = same.map(({ operation }) => operation).sort();
      const named = operations.length <= ENTRIES_MOST && operations.every((name) => /^[^\s*]+$/.test(name));
      return { api, operations: named ? operations : [] };
    })
    .sort((a, b) => (a.api < b.api ? -1 : 1));
}
