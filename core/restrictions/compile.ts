import { type CompiledApis, compileApis } from "./apis.ts";
import { type AppSet, compileApps } from "./apps.ts";
import { compileIps, type IpSet } from "./ips.ts";
import { countEntries } from "./kinds.ts";
import { ReferrerSet } from "./referrer-set.ts";
import type { Restrictions } from "./types.ts";

/** A set of restrictions, ready for checks. Null where a kind restricts nothing. */
export interface CompiledRestrictions {
  apis: CompiledApis;
  ips: IpSet | null;
  referrers: ReferrerSet | null;
  apps: AppSet | null;
}

/** For a key that works from anywhere and for everything. */
export const UNRESTRICTED: CompiledRestrictions = { apis: null, ips: null, referrers: null, apps: null };

const KINDS = "apis apps ips referrers";
const APP_KINDS = "android ios";

/** A kind that a newer version knows, or a list that is none, must not pass for no restriction at all. */
function mustBeKnown(set: Restrictions): void {
  const { ips, referrers, apis, apps } = set;
  const lists = [ips, referrers, apis, apps?.android, apps?.ios];
  if (namesOf(set) !== KINDS || namesOf(apps) !== APP_KINDS || !lists.every(Array.isArray)) {
    throw new RangeError("not a set of restrictions");
  }
}

function namesOf(set: object): string {
  return Object.keys(set).sort().join(" ");
}

/** Compiles a saved set once. Throws `RangeError` for an entry that can't be read: nothing may pass by it. */
export function compileRestrictions(restrictions: Restrictions): CompiledRestrictions {
  mustBeKnown(restrictions);
  const { ips, referrers, apps, apis } = restrictions;
  const entries = countEntries(restrictions);
  // Most keys have none, and a verifier remembers many keys: they share one.
  if (Object.values(entries).every((count) => count === 0)) return UNRESTRICTED;
  return {
    apis: compileApis(apis),
    ips: entries.ips > 0 ? compileIps(ips) : null,
    referrers: entries.referrers > 0 ? new ReferrerSet(referrers) : null,
    apps: entries.apps > 0 ? compileApps(apps) : null,
  };
}
