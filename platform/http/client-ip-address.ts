import { BlockList, isIP } from "node:net";
import { forwardedEntries } from "#core/forwarded-for.ts";

/** The client's IP address as the portal's server determined it. Everything else reads only this header. */
export const CLIENT_IP_HEADER = "x-latchkey-client-ip";

/** Set if a client that is not a trusted proxy sent `X-Forwarded-For`, which was ignored. */
export const UNTRUSTED_PROXY_HEADER = "x-latchkey-untrusted-proxy";

/** Whether an IP address is in a list of the settings, such as that of the trusted proxies. */
export type IpAddressMatcher = (address: string) => boolean;

/** `entries` are IP addresses or networks, validated with the settings. Nothing is in an empty list. */
export function ipAddressMatcher(entries: string[]): IpAddressMatcher {
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
 * The client's IP address: the socket's peer or, if that is a trusted proxy, the rightmost address of
 * `X-Forwarded-For` that is not one. Clients can forge the entries to the left of it.
 */
export function clientIpAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  isTrusted: IpAddressMatcher,
): string | null {
  let nearest = readIpAddress(socketAddress ?? "");
  for (const entry of forwardedEntries(forwardedFor)) {
    if (nearest === null || !isTrusted(nearest)) break;
    const next = readIpAddress(entry);
    if (next === null) break;
    nearest = next;
  }
  return nearest;
}

const WITH_PORT = /^(?:\[([^\]]+)\](?::\d+)?|([^:]+):\d+)$/;

/** An IP address without port, IPv4-mapped ones as IPv4; null for anything else (`unknown`, `_hidden`). */
function readIpAddress(text: string): string | null {
  const match = WITH_PORT.exec(text);
  const address = match?.[1] ?? match?.[2] ?? text;
  if (isIP(address) === 0) return null;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ?? address;
}
