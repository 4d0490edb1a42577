import { getDomain } from "tldts";
import { parseAddress } from "./address.ts";
import { readAndroidApp, readIosApp } from "./apps.ts";
import { readIp } from "./ips.ts";
import { readReferrer } from "./referrers.ts";
import { parsePage } from "./site.ts";
import type { Restrictions } from "./types.ts";

/** The usual size of one network: what a provider gives to one customer or site. */
const NETWORK_BITS = { 4: 24, 6: 64 };
/** So many subdomains of one domain are taken together. */
const SUBDOMAINS_LEAST = 3;

/** Each address with the network around it, once. */
export function networksOf(addresses: string[]): string[] {
  const networks = addresses.flatMap((text) => {
    const address = parseAddress(text);
    const reading = address && readIp(`${text}/${NETWORK_BITS[address.family]}`);
    return reading?.ok ? [reading.entry] : [];
  });
  return [...new Set(networks)].sort();
}

/** The origins as patterns; several subdomains of one domain as one, where that is nobody else's. */
export function sitesOf(origins: string[]): string[] | null {
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
export function readApps(values: string[]): Restrictions["apps"] | null {
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
