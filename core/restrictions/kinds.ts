import type { RefusalCode } from "../verdict.ts";
import type { Restrictions } from "./types.ts";

/** The kinds of restriction, in the order in which they are judged. */
export const RESTRICTION_KINDS = ["apis", "ips", "referrers", "apps"] as const;
export type RestrictionKind = (typeof RESTRICTION_KINDS)[number];

/** What each kind refuses with. */
export const CODES_OF = {
  apis: ["API_NOT_ALLOWED", "OPERATION_NOT_ALLOWED"],
  ips: ["CLIENT_IP_UNKNOWN", "IP_NOT_ALLOWED"],
  referrers: ["REFERRER_NOT_ALLOWED"],
  apps: ["APP_NOT_ALLOWED"],
} as const satisfies Record<RestrictionKind, readonly RefusalCode[]>;

/** How many entries a set has of each kind. */
export function countEntries({ ips, referrers, apps, apis }: Restrictions): Record<RestrictionKind, number> {
  return {
    apis: apis.length,
    ips: ips.length,
    referrers: referrers.length,
    apps: apps.android.length + apps.ios.length,
  };
}

/** The kinds that restrict anything, as a list in words: `apis ips`. Empty for an unrestricted key. */
export function restrictedBy(restrictions: Restrictions): string {
  const entries = countEntries(restrictions);
  return RESTRICTION_KINDS.filter((kind) => entries[kind] > 0).join(" ");
}
