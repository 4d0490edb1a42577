import { type Client, NO_CLIENT } from "#core/client.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import { noise } from "./random.ts";

/** The clients of a key, with their shares of its traffic. */
export interface ClientShare {
  client: Client;
  share: number;
}

const SHA1 = "5e8f16062ea3cd2c4a0d547876baa6f38cabf625";
/** End users are everywhere; this many represent all. */
const PEOPLE = 40;

const APPS: Record<string, Partial<Client>> = {
  "ios-app": { iosBundleId: "example.parley.app" },
  "ios-beta": { iosBundleId: "example.parley.beta" },
  "android-app": { androidPackage: "example.parley.app", androidCertSha1: SHA1 },
  "android-beta": { androidPackage: "example.parley.beta", androidCertSha1: SHA1 },
  "tv-app": { androidPackage: "example.parley.tv", androidCertSha1: SHA1 },
};

const SITES: Record<string, string[]> = {
  "web-client": ["https://www.parley.example", "https://parley.example", "https://m.parley.example"],
  "offers-carousel": ["https://www.parley.example"],
  "studio-web": ["https://studio.parley.example"],
  "partner-demo": ["https://partner.example"],
};

/** Where the demo's service runs: on phones, in browsers, or on two or three servers. */
export function clientsOf(service: string): ClientShare[] {
  const app = APPS[service];
  if (app) return people((n) => ({ ...app, clientIp: personAt(service, n) }));
  const sites = SITES[service];
  if (sites) {
    return people((n) => {
      const site = sites[n % sites.length] ?? "";
      return { clientIp: personAt(service, n), referrer: `${site}/`, origin: site };
    });
  }
  return [70, 25, 5].map((share, n) => ({ share, client: { ...NO_CLIENT, clientIp: serverAt(service, n) } }));
}

/** The restrictions of some of the demo's keys, matching their clients. */
export const APPLICATIONS: Record<string, Partial<Restrictions>> = {
  "stream-ingest": { ips: [0, 1, 2].map((n) => serverAt("stream-ingest", n)) },
  "clip-worker": { ips: ["203.0.113.0/24"] },
  "web-client": { referrers: ["https://*.parley.example", "https://parley.example"] },
  "studio-web": { referrers: ["https://studio.parley.example"] },
  "ios-app": { apps: { android: [], ios: [{ bundleId: "example.parley.app" }] } },
};

/** Report-only restrictions for a key: all of its servers but the rarest. */
export const REPORT_ONLY: Record<string, Partial<Restrictions>> = {
  "push-gateway": { ips: [serverAt("push-gateway", 0), serverAt("push-gateway", 1)] },
};

function people(clientOf: (n: number) => Partial<Client>): ClientShare[] {
  return Array.from({ length: PEOPLE }, (_, n) => ({
    share: PEOPLE - n,
    client: { ...NO_CLIENT, ...clientOf(n) },
  }));
}

/** Networks reserved for documentation (RFC 5737, RFC 3849). */
function serverAt(service: string, n: number): string {
  return `203.0.113.${1 + Math.floor(noise("server", service) * 80) * 3 + n}`;
}

function personAt(service: string, n: number): string {
  const part = (what: string) => Math.floor(noise("person", service, what, n) * 65_536).toString(16);
  return n % 3 === 0
    ? `2001:db8:${part("a")}::${part("b")}`
    : `198.51.100.${Math.floor(noise("person", service, n) * 254) + 1}`;
}

/** Where most of the service's requests come from. */
export function clientOf(service: string): Client {
  return clientsOf(service)[0]?.client ?? NO_CLIENT;
}
