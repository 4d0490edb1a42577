import { BlockList, isIP } from "node:net";

/** Where the portal's own server writes what it found; everything else reads only this header. */
export const CLIENT_ADDRESS_HEADER = "x-latchkey-client-address";

/** Set where somebody who is no proxy of ours said for whom the call was forwarded: it was not believed. */
export const UNTRUSTED_PROXY_HEADER = "x-latchkey-untrusted-proxy";

/** Whether an address belongs to a proxy of ours. */
export type IsTrusted = (address: string) => boolean;

/** `entries` are addresses or networks, checked with the settings. An empty list trusts nobody. */
export function trustedProxies(entries: string[]): IsTrusted {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix] = entry.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (address) => list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/**
 * Who is calling: the socket's other end, or, where that is a proxy of ours, the first address of
 * `X-Forwarded-For` from the right that is not one. A client can write what it likes at the left.
 */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  isTrusted: IsTrusted,
): string | null {
  let nearest = readAddress(socketAddress ?? "");
  for (const entry of forwardedFor?.split(",").reverse() ?? []) {
    if (nearest === null || !isTrusted(nearest)) break;
    // Empty list elements are ignored (RFC 9110, 5.6.1.2).
    if (entry.trim() === "") continue;
    const next = readAddress(entry.trim());
    if (next === null) break;
    nearest = next;
  }
  return nearest;
}

const WITH_PORT = /^(?:\[([^\]]+)\](?::\d+)?|([^:]+):\d+)$/;

/** An address without port, an IPv4-mapped one as IPv4; null for what is none (`unknown`, `_hidden`). */
function readAddress(text: string): string | null {
  const match = WITH_PORT.exec(text);
  const address = match?.[1] ?? match?.[2] ?? text;
  if (isIP(address) === 0) return null;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ?? address;
}
