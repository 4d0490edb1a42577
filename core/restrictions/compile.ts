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

/** Compiles a saved set once. Throws `RangeError` for an entry that can't be read: nothing may pass by it. */
export function compileRestrictions(restrictions: Restrictions): CompiledRestrictions {
  const { ips, referrers, apps, apis } = restrictions;
  const entries = countEntries(restrictions);
  return {
    apis: compileApis(apis),
    ips: entries.ips > 0 ? compileIps(ips) : null,
    referrers: entries.referrers > 0 ? new ReferrerSet(referrers) : null,
    apps: entries.apps > 0 ? compileApps(apps) : null,
  };
}
