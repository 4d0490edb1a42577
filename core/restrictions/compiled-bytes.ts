import type { Restrictions } from "./types.ts";

/*
 * Memory of a compiled entry, bytes: measured on V8 with sets of 100 to 1,000 entries and rounded up. Strings take a
 * byte per character, and the path of a pattern keeps the whole entry in memory.
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
const SCOPES = 330;
const SCOPE = 80;

/** Approximate memory of the compiled form of a set, bytes. */
export function compiledBytes({ ips, referrers, apps, apis }: Restrictions): number {
  let bytes = SET;
  for (const entry of ips) bytes += entry.includes(":") ? IPV6 : IPV4;
  for (const entry of referrers)
    bytes += isHostOnly(entry) ? HOST + entry.length : PAGE_RULE + 2 * entry.length;
  for (const app of apps.android) bytes += ANDROID + app.package.length;
  for (const app of apps.ios) bytes += IOS + app.bundleId.length;
  for (const { api, operations, scopes = [] } of apis) {
    bytes += API + api.length;
    if (scopes.length > 0) bytes += SCOPES;
    for (const scope of scopes) bytes += SCOPE + scope.length;
    for (const operation of operations) bytes += OPERATION + operation.length;
  }
  return bytes;
}

/** Whether the pattern has no scheme, port or path. Such patterns share one rule. */
function isHostOnly(referrer: string): boolean {
  return !referrer.includes("/") && !/:(\*|\d+)$/.test(referrer);
}
