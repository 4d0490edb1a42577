import { type CompiledApis, compileApis } from "./apis.ts";
import { type AppSet, compileApps } from "./apps.ts";
import { compileIps, type IpSet } from "./ips.ts";
import { countEntries } from "./kinds.ts";
import { ReferrerSet } from "./referrer-set.ts";
import type { Restrictions } from "./types.ts";

/** A set of restrictions compiled for checks. Null for each kind that restricts nothing. */
export interface CompiledRestrictions {
  apis: CompiledApis;
  ips: IpSet | null;
  referrers: ReferrerSet | null;
  apps: AppSet | null;
}

/** Restricts nothing. */
export const UNRESTRICTED: CompiledRestrictions = { apis: null, ips: null, referrers: null, apps: null };

const KINDS = "apis apps ips referrers";
const APP_KINDS = "android ios";

/** Rejects sets with kinds of a newer version or without a list: treating them as empty would allow everything. */
function assertKnownShape(set: Restrictions): void {
  const { ips, referrers, apis, apps } = set;
  const lists = [ips, referrers, apis, apps?.android, apps?.ios];
  if (namesOf(set) !== KINDS || namesOf(apps) !== APP_KINDS || !lists.every(Array.isArray)) {
    throw new RangeError("not a set of restrictions");
  }
}

function namesOf(set: object): string {
  return Object.keys(set).sort().join(" ");
}

/** Compiles a saved set. Throws for an unknown kind or an invalid entry, so that neither is ignored. */
export function compileRestrictions(restrictions: Restrictions): CompiledRestrictions {
  assertKnownShape(restrictions);
  const { ips, referrers, apps, apis } = restrictions;
  const entries = countEntries(restrictions);
  // Most cached keys are unrestricted: they share one object.
  if (Object.values(entries).every((count) => count === 0)) return UNRESTRICTED;
  return {
    apis: compileApis(apis),
    ips: entries.ips > 0 ? compileIps(ips) : null,
    referrers: entries.referrers > 0 ? new ReferrerSet(referrers) : null,
    apps: entries.apps > 0 ? compileApps(apps) : null,
  };
}
