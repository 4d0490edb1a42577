import { type Address, formatAddress, parseAddress } from "./restrictions/address.ts";

/** How many bits name a network; of IPv6 whole groups of 16. */
interface Bits {
  4: number;
  6: 16 | 32 | 48 | 64;
}

/** What one place most likely has: IPv4 by the class C, IPv6 by the subnet (RFC 4291, section 2.5.4). */
export const USUAL_NETWORK: Bits = { 4: 24, 6: 64 };

const BITS_IPV4 = 32;
const GROUP_BITS = 16;
const GROUPS_IPV6 = 8;

/** The network that an address is in, as `198.51.100.0/24`; IPv4 of 32 bits is the address. What can't be read stays. */
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
