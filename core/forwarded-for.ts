import { parseClientIp } from "./restrictions/ip-address.ts";
import type { IpSet } from "./restrictions/ips.ts";

/** The entries of `X-Forwarded-For`, the nearest proxy's first. Empty list elements are ignored (RFC 9110, 5.6.1.2). */
export function forwardedEntries(header: string | undefined): string[] {
  if (header === undefined) return [];
  return header
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
    .reverse();
}

/**
 * The caller's IP address: the rightmost entry of `X-Forwarded-For` that is not a trusted proxy, or the leftmost if
 * all are. An entry that is not an address ends the search: nothing confirms the entries left of it. Null without
 * entries.
 */
export function forwardedCaller(header: string | undefined, trusted: IpSet): string | null {
  const entries = forwardedEntries(header);
  for (const entry of entries) {
    const address = parseClientIp(entry);
    if (address === null || !trusted.has(address)) return entry;
  }
  return entries.at(-1) ?? null;
}
