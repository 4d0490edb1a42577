import type { Restrictions } from "./types.ts";

/*
 * What the compiled form of one entry takes in memory, bytes: measured on V8 with sets of 100 to 1,000 entries, and
 * rounded up. Texts take a byte a character, and a pattern's path keeps the whole entry alive beside its copy.
 */
const SET = 320;
const IPV4 = 24;
const IPV6 = 90;
const HOST = 70;
const PAGE_RULE = 300;
const ANDROID = 150;
const IOS = 80;
const API = 95;
const OPERATION = 32;

/** How much memory the compiled form of a set takes, bytes, about. */
export function weightOf({ ips, referrers, apps, apis }: Restrictions): number {
  let bytes = SET;
  for (const entry of ips) bytes += entry.includes(":") ? IPV6 : IPV4;
  for (const entry of referrers)
    bytes += isHostAlone(entry) ? HOST + entry.length : PAGE_RULE + 2 * entry.length;
  for (const app of apps.android) bytes += ANDROID + app.package.length;
  for (const app of apps.ios) bytes += IOS + app.bundleId.length;
  for (const { api, operations } of apis) {
    bytes += API + api.length;
    for (const operation of operations) bytes += OPERATION + operation.length;
  }
  return bytes;
}

/** Without scheme, port and path: such patterns share one rule. */
function isHostAlone(referrer: string): boolean {
  return !referrer.includes("/") && !/:(\*|\d+)$/.test(referrer);
}
