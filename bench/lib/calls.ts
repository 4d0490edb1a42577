import type { Restrictions } from "#core/restrictions/types.ts";

/** The API and operation of the benchmark's checks. */
export const CALL = { api: "badges", operation: "badges.list" };

/** 20 networks, 20 sites and 5 APIs. Only the last of each matches `CALLER`. */
export const RESTRICTIONS: Restrictions = {
  ips: Array.from({ length: 20 }, (_, n) => `198.51.${n}.0/24`),
  referrers: Array.from({ length: 20 }, (_, n) =>
    n % 2 ? `*.site${n}.example` : `https://site${n}.example/shop/*`,
  ),
  apps: { android: [], ios: [] },
  apis: ["offers", "live", "analytics", "search", "badges"].map((api) => ({ api, operations: [`${api}.*`] })),
};

/** A client that matches the last entries of `RESTRICTIONS`. */
export const CALLER = {
  clientIp: "198.51.19.7:51234",
  referrer: "https://www.site19.example/shop/cart?item=1",
  origin: "https://www.site19.example",
};

/** A rate limit that counts and never denies. */
export const RATE = { limit: 1_000_000, windowSeconds: 60 };
