import type { DenialCode } from "../verdict.ts";
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
} as const satisfies Record<RestrictionKind, readonly DenialCode[]>;

/** How many entries a set has of each kind, an API with its operations being one. */
export function countEntries({ ips, referrers, apps, apis }: Restrictions): Record<RestrictionKind, number> {
  return {
    apis: apis.length,
    ips: ips.length,
    referrers: referrers.length,
    apps: apps.android.length + apps.ios.length,
  };
}

/** So many entries a set may have in all, as `totalEntries` counts them (contract, section 5). */
export const MAX_ENTRIES = 1_000;

/** A site with its path is no longer than this. */
export const MAX_REFERRER_LENGTH = 2_000;

/** How many entries a set has in all: each operation of an API is one, and an API without any is one. */
export function totalEntries(restrictions: Restrictions): number {
  const { ips, referrers, apps } = countEntries(restrictions);
  const operations = restrictions.apis.reduce((sum, entry) => sum + Math.max(1, entry.operations.length), 0);
  return ips + referrers + apps + operations;
}

/** The size of both sets of a key together, as JSON in canonical form, bytes. */
export function setBytes(...sets: (Restrictions | null)[]): number {
  const encoder = new TextEncoder();
  return sets.reduce((bytes, set) => bytes + (set ? encoder.encode(JSON.stringify(set)).length : 0), 0);
}

/** Restricted to where it is used from: addresses, websites or apps. */
export function hasApplicationRestriction(restrictions: Restrictions): boolean {
  const { ips, referrers, apps } = countEntries(restrictions);
  return ips + referrers + apps > 0;
}

/** The kinds that restrict anything, as a list in words: `apis ips`. Empty for an unrestricted key. */
export function restrictedBy(restrictions: Restrictions): string {
  const entries = countEntries(restrictions);
  return RESTRICTION_KINDS.filter((kind) => entries[kind] > 0).join(" ");
}
