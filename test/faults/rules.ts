import type { ModelCheck, ModelRules } from "./model.ts";
import type { ModelLimits } from "./model-limits.ts";
import type { ProductCheck } from "./product.ts";
import type { Choose } from "./settings.ts";

/** Restrictions and checks of the random run, each as the product takes it and as the model does. */

export const APIS = ["badges", "search"];
export const OPERATIONS = ["read", "write"];
export const SCOPES = ["all:read", "all:write", "all:audit"];
/** What the operations of every API need: all scopes of one of the lists. */
export const NEEDED_SCOPES: Record<string, string[][]> = {
  read: [["all:read"], ["all:write"]],
  write: [["all:write"]],
};
export const ADDRESSES = ["10.1.2.3", "10.2.3.4", "10.2.4.4", "198.51.100.7", undefined];
export const PAGES = [
  "https://app.example.com/cart?item=1",
  "https://app.example.com:8443/",
  "http://a.b.example.org/shop/2",
  "https://a.example.org/news",
  "https://example.org/shop",
  undefined,
];

const NETWORKS = { "10.1.0.0/16": "10.1.", "10.2.3.0/24": "10.2.3." };
const SITES = {
  "https://app.example.com": /^https:\/\/app\.example\.com\//,
  "*.example.org/shop*": /^https?:\/\/([^/:]+\.)+example\.org\/shop/,
};
const SHA1 = "ab".repeat(20);
const APPS = {
  ios: { android: [], ios: [{ bundleId: "com.example.shop" }] },
  android: { android: [{ package: "com.example.shop", sha1: SHA1 }], ios: [] },
};

/** Fields of a check from an app. */
const FROM_APP = {
  ios: { iosBundleId: "COM.example.shop" },
  android: { androidPackage: "com.example.shop", androidCertSha1: "AB".repeat(20) },
  forged: { androidPackage: "com.example.shop", androidCertSha1: "00".repeat(20) },
};
export const CALLING_APPS = ["ios", "android", "forged", undefined] as const;

export interface Entries {
  apis: ModelRules["apis"];
  networks: readonly (keyof typeof NETWORKS)[];
  sites: readonly (keyof typeof SITES)[];
  app: keyof typeof APPS | null;
}

export const UNRESTRICTED: Entries = { apis: [], networks: [], sites: [], app: null };

/** As the product takes them. */
export const toRestrictions = ({ apis, networks, sites, app }: Entries) => ({
  apis,
  ips: networks,
  referrers: sites,
  apps: app === null ? { android: [], ios: [] } : APPS[app],
});

/** As the model takes them. */
export const rulesOf = ({ apis, networks, sites, app }: Entries): ModelRules => ({
  apis,
  networks: networks.map((network) => NETWORKS[network]),
  referrers: sites.map((site) => SITES[site]),
  apps: app === null ? [] : [app],
});

/** As the product takes a check. */
export const toProductCheck = ({ api, cost, app, neededScopes: _, ...client }: ModelCheck): ProductCheck => ({
  api,
  cost,
  ...Object.fromEntries(Object.entries(client).filter(([, value]) => value !== undefined)),
  ...(app && FROM_APP[app]),
});

export function anyLimits(pick: Choose): ModelLimits {
  return {
    rate: pick([null, { limit: 2, windowSeconds: 1 }, { limit: 5, windowSeconds: 60 }]),
    quota: pick([null, null, null, { limit: 5, period: "day" }, { limit: 15, period: "month" }] as const),
  };
}
