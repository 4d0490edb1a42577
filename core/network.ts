import { type Address, formatAddress, parseAddress } from "./restrictions/address.ts";

/** Prefix lengths of networks; those of IPv6 are multiples of 16. */
interface Bits {
  4: number;
  6: 16 | 32 | 48 | 64;
}

/** The usual network of one location: an IPv4 /24, or an IPv6 subnet (RFC 4291, section 2.5.4). */
export const USUAL_NETWORK: Bits = { 4: 24, 6: 64 };

const BITS_IPV4 = 32;
const GROUP_BITS = 16;
const GROUPS_IPV6 = 8;

/** The network of an address, such as `198.51.100.0/24`; the address itself for IPv4 with 32 bits. Other text is returned unchanged. */
export function networkOf(text: string, bits: Bits): string {
  const address = parseAddress(text);
  if (address === null) return text;
  const ofFamily = bits[address.family];
  const first = formatAddress(firstOf(address, ofFamily));
  return address.family === 4 && ofFamily === BITS_IPV4 ? first : `${first}/${ofFamily}`;
}

function firstOf(address: Address, bits: number): Address {
  if (address.family === 4) {
    const size = 2 ** (BITS_IPV4 - bits);
    return { family: 4, value: Math.floor(address.value / size) * size };
  }
  const groups = bits / GROUP_BITS;
  return { family: 6, value: address.value.slice(0, groups) + "\0".repeat(GROUPS_IPV6 - groups) };
}
