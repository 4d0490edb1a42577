import type { Restrictions } from "#core/restrictions/types.ts";

/** What the benchmark's callers call. */
export const CALL = { api: "badges", operation: "badges.list" };

/** Twenty networks, twenty sites and five APIs, the last of each being the one that lets the caller through. */
export const RESTRICTIONS: Restrictions = {
  ips: Array.from({ length: 20 }, (_, n) => `198.51.${n}.0/24`),
  referrers: Array.from({ length: 20 }, (_, n) =>
    n % 2 ? `*.site${n}.example` : `https://site${n}.example/shop/*`,
  ),
  apps: { android: [], ios: [] },
  apis: ["offers", "live", "analytics", "search", "badges"].map((api) => ({ api, operations: [`${api}.*`] })),
};

/** Who comes from where the last entries of `RESTRICTIONS` allow. */
export const CALLER = {
  clientIp: "198.51.19.7:51234",
  referrer: "https://www.site19.example/shop/cart?item=1",
  origin: "https://www.site19.example",
};

/** A rate that counts and never refuses. */
export const RATE = { limit: 1_000_000, windowSeconds: 60 };
