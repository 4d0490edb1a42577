import { parseClientIp } from "./restrictions/address.ts";
import type { IpSet } from "./restrictions/ips.ts";

/**
 * The caller's IP address: the rightmost entry of `X-Forwarded-For` that is not a trusted proxy, or the leftmost if
 * all are. An entry that is not an address ends the search: nothing confirms the entries left of it. Empty list
 * elements are ignored (RFC 9110, 5.6.1.2).
 */
export function callerOf(forwardedFor: string | undefined, trusted: IpSet): string | null {
  if (forwardedFor === undefined) return null;
  const entries = forwardedFor
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  for (const entry of entries.toReversed()) {
    const address = parseClientIp(entry);
    if (address === null || !trusted.has(address)) return entry;
  }
  return entries[0] ?? null;
}
