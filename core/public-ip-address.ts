import { type IpAddress, lastIpv4Of, parseIpAddress } from "./restrictions/ip-address.ts";
import { compileIps } from "./restrictions/ips.ts";

/** Private, loopback, link-local, shared and reserved networks (IANA special-purpose address registries). */
const NOT_PUBLIC = compileIps([
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
  // Teredo, 6to4 and other IPv6 addresses that lead to an embedded address; documentation.
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "3fff::/20",
]);

/** The IPv6 addresses allocated for global unicast (RFC 4291, section 2.5.4). */
const IPV6_UNICAST = compileIps(["2000::/3"]);

/** RFC 6052's well-known prefix: DNS64 answers with it for hosts that have only IPv4. */
const NAT64 = compileIps(["64:ff9b::/96"]);

/**
 * Whether an address belongs to the public internet; false for text that is not an address. An IPv4-mapped address
 * and one with the well-known NAT64 prefix (RFC 6052) have the result of their IPv4 address.
 */
export function isPublicIpAddress(text: string): boolean {
  const address = parseIpAddress(text);
  return address !== null && isPublic(address);
}

function isPublic(address: IpAddress): boolean {
  if (address.family === 6 && NAT64.has(address)) return isPublic(lastIpv4Of(address));
  if (NOT_PUBLIC.has(address)) return false;
  return address.family === 4 || IPV6_UNICAST.has(address);
}
