import { getDomain } from "tldts";
import { USUAL_NETWORK } from "../network.ts";
import { readAndroidApp, readIosApp } from "./apps.ts";
import { parseIpAddress } from "./ip-address.ts";
import { readIp } from "./ips.ts";
import { readReferrer } from "./referrers.ts";
import { parsePage } from "./site.ts";
import type { Restrictions } from "./types.ts";

/** From this many subdomains of one domain, `*.` covers them. */
const MIN_SUBDOMAINS = 3;

/** The /24 (IPv4) and /64 (IPv6) networks of the addresses, sorted and without duplicates. */
export function networksOf(addresses: string[]): string[] {
  const networks = addresses.flatMap((text) => {
    const address = parseIpAddress(text);
    const parsed = address && readIp(`${text}/${USUAL_NETWORK[address.family]}`);
    return parsed?.ok ? [parsed.entry] : [];
  });
  return [...new Set(networks)].sort();
}

/**
 * Referrer patterns for the origins, sorted. Three or more subdomains of one domain become one pattern, unless the
 * domain is a public suffix. Null if an origin can't be saved as a pattern.
 */
export function sitesOf(origins: string[]): string[] | null {
  const bySite = Map.groupBy(origins, subdomainsPattern);
  const patterns = [...bySite].flatMap(([pattern, same]) =>
    pattern !== null && same.length >= MIN_SUBDOMAINS ? [pattern] : same,
  );
  const parsed = patterns.map(readReferrer);
  return parsed.every(({ ok }) => ok) ? parsed.flatMap((one) => (one.ok ? [one.entry] : [])).sort() : null;
}

/** `https://*.example.com` for a subdomain of example.com on the scheme's default port; null for anything else. */
function subdomainsPattern(origin: string): string | null {
  const page = parsePage(origin);
  const domain = page && getDomain(page.host, { allowPrivateDomains: true });
  if (!page || !domain || page.host === domain || origin !== `${page.scheme}://${page.host}`) return null;
  const pattern = `${page.scheme}://*.${domain}`;
  return readReferrer(pattern).ok ? pattern : null;
}

/** App entries for observed values; null if one can't be saved. */
export function readApps(values: string[]): Restrictions["apps"] | null {
  const apps: Restrictions["apps"] = { android: [], ios: [] };
  // A request that named two apps passes if either is allowed.
  for (const value of new Set(values.map((text) => text.split("|")[0] ?? ""))) {
    const android = /^android:(.+)@([0-9a-f]{40})$/.exec(value);
    const [, name = "", sha1 = ""] = android ?? [];
    const parsed = android
      ? readAndroidApp({ package: name, sha1 })
      : readIosApp({ bundleId: value.replace(/^ios:/, "") });
    if (!parsed.ok) return null;
    if ("package" in parsed.entry) apps.android.push(parsed.entry);
    else apps.ios.push(parsed.entry);
  }
  return apps;
}
