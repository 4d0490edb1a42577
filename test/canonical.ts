import { readAndroidApp, readIosApp } from "#core/restrictions/apps.ts";
import { readIp } from "#core/restrictions/ips.ts";
import type { ParsedEntry } from "#core/restrictions/parsed-entry.ts";
import { readReferrer } from "#core/restrictions/referrers.ts";
import type { Restrictions } from "#core/restrictions/types.ts";

/** Restrictions as they are stored, without invalid entries. */
export function canonical({ ips, referrers, apps, apis }: Restrictions): Restrictions {
  const kept = <Entry>(parsed: ParsedEntry<Entry>[]) => parsed.flatMap((one) => (one.ok ? [one.entry] : []));
  return {
    ips: kept(ips.map(readIp)),
    referrers: kept(referrers.map(readReferrer)),
    apps: { android: kept(apps.android.map(readAndroidApp)), ios: kept(apps.ios.map(readIosApp)) },
    apis,
  };
}
