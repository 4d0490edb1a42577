import { formatIpAddress, networkRange, parseIpAddress } from "./restrictions/ip-address.ts";

/** Prefix lengths of networks, by address family. */
interface PrefixLengths {
  4: number;
  6: number;
}

/** The usual network of one location: an IPv4 /24, or an IPv6 subnet (RFC 4291, section 2.5.4). */
export const USUAL_NETWORK: PrefixLengths = { 4: 24, 6: 64 };

/** The network of an address, such as `198.51.100.0/24`; the address itself for IPv4 with 32 bits. Other text is returned unchanged. */
export function networkOf(text: string, prefixes: PrefixLengths): string {
  const address = parseIpAddress(text);
  if (address === null) return text;
  const prefix = prefixes[address.family];
  const first = formatIpAddress(networkRange(address, prefix).first);
  return address.family === 4 && prefix === 32 ? first : `${first}/${prefix}`;
}
