import type { DenialCode } from "../verdict.ts";
import type { Restrictions } from "./types.ts";

/** The kinds of restriction, in evaluation order. */
export const RESTRICTION_KINDS = ["apis", "ips", "referrers", "apps"] as const;
export type RestrictionKind = (typeof RESTRICTION_KINDS)[number];

/** The codes with which each kind denies requests. */
export const CODES_OF = {
  apis: ["API_NOT_ALLOWED", "OPERATION_NOT_ALLOWED", "SCOPE_NOT_GRANTED"],
  ips: ["CLIENT_IP_UNKNOWN", "IP_NOT_ALLOWED"],
  referrers: ["REFERRER_NOT_ALLOWED"],
  apps: ["APP_NOT_ALLOWED"],
} as const satisfies Record<RestrictionKind, readonly DenialCode[]>;

/** The number of entries of each kind. An API with its operations counts as one. */
export function countEntries({ ips, referrers, apps, apis }: Restrictions): Record<RestrictionKind, number> {
  return {
    apis: apis.length,
    ips: ips.length,
    referrers: referrers.length,
    apps: apps.android.length + apps.ios.length,
  };
}

/** Maximum number of entries of a set, as `totalEntries` counts them (docs/integrate/restrictions.md). */
export const MAX_ENTRIES = 1_000;

/** Longest referrer pattern, characters. */
export const MAX_REFERRER_LENGTH = 2_000;

/** The number of entries of a set. Each operation and scope of an API counts as one, and so does an API without any. */
export function totalEntries(restrictions: Restrictions): number {
  const { ips, referrers, apps } = countEntries(restrictions);
  const ofApis = restrictions.apis.reduce(
    (sum, { operations, scopes = [] }) => sum + Math.max(1, operations.length + scopes.length),
    0,
  );
  return ips + referrers + apps + ofApis;
}

/** The total size of the sets as canonical JSON, bytes (UTF-8). */
export function setBytes(...sets: (Restrictions | null)[]): number {
  const encoder = new TextEncoder();
  return sets.reduce((bytes, set) => bytes + (set ? encoder.encode(JSON.stringify(set)).length : 0), 0);
}

/** Whether the set restricts who may call: IP addresses, websites or apps. */
export function hasApplicationRestriction(restrictions: Restrictions): boolean {
  const { ips, referrers, apps } = countEntries(restrictions);
  return ips + referrers + apps > 0;
}

/** The kinds with entries, separated by spaces: `apis ips`. Empty for an unrestricted key. */
export function restrictedBy(restrictions: Restrictions): string {
  const entries = countEntries(restrictions);
  return RESTRICTION_KINDS.filter((kind) => entries[kind] > 0).join(" ");
}
