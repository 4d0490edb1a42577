/**
 * An IP address in a form that compares in numeric order. An IPv6 address is a string of eight UTF-16 code units, one
 * per group of 16 bits: strings of equal length compare like the numbers they encode, and faster than bigints.
 */
export type IpAddress = { family: 4; value: number } | { family: 6; value: string };

const GROUPS = 8;
/** `::ffff:0:0/96`: the prefix of IPv4-mapped IPv6 addresses (RFC 4291, section 2.5.5.2). */
const MAPPED_PREFIX = "\0\0\0\0\0\uffff";

/**
 * Parses an address without port, zone, spaces or short forms (RFC 4291, RFC 6943). An IPv4-mapped IPv6 address becomes
 * IPv4. Null for any other text.
 */
export function parseIpAddress(text: string): IpAddress | null {
  if (!text.includes(":")) {
    const value = parseIpv4(text);
    return value === null ? null : { family: 4, value };
  }
  const value = parseIpv6(text);
  if (value === null) return null;
  return value.startsWith(MAPPED_PREFIX) ? { family: 4, value: lowHalf(value) } : { family: 6, value };
}

/**
 * Parses a client's IP address as a service saw it: `a.b.c.d`, `a.b.c.d:port`, IPv6 or `[IPv6]:port`. The port is ignored.
 * Null for null and for any other text.
 */
export function parseClientIp(text: string | null): IpAddress | null {
  // A check parses the same text twice in a row, for the restrictions and for the observations.
  if (text !== lastRead.text) lastRead = { text, address: text === null ? null : readClientIp(text) };
  return lastRead.address;
}

let lastRead: { text: string | null; address: IpAddress | null } = { text: null, address: null };

/** The canonical text of a client's IP address as a service saw it; empty if `parseClientIp` can't read it. */
export function formatClientIp(text: string | null): string {
  const address = parseClientIp(text);
  if (text === null || address === null) return "";
  const colon = text.indexOf(":");
  // An IPv4 address is accepted in its canonical form only.
  if (colon === -1) return text;
  const isIpv4 = address.family === 4 && text[0] !== "[" && colon === text.lastIndexOf(":");
  return isIpv4 ? text.slice(0, colon) : formatIpAddress(address);
}

function readClientIp(text: string): IpAddress | null {
  if (text.startsWith("[")) {
    const end = text.indexOf("]");
    const inside = text.slice(1, end);
    return end > 0 && inside.includes(":") && isPortOrNone(text, end + 1) ? parseIpAddress(inside) : null;
  }
  const colon = text.indexOf(":");
  const withPort = colon > 0 && colon === text.lastIndexOf(":");
  if (!withPort) return parseIpAddress(text);
  const value = isPortOrNone(text, colon) ? parseIpv4(text, colon) : null;
  return value === null ? null : { family: 4, value };
}

/** The first and the last address of the network with this prefix length that contains the address. */
export function networkRange(address: IpAddress, prefix: number): { first: IpAddress; last: IpAddress } {
  if (address.family === 4) {
    const size = 2 ** (32 - prefix);
    const first = Math.floor(address.value / size) * size;
    return { first: { family: 4, value: first }, last: { family: 4, value: first + size - 1 } };
  }
  let [first, last] = ["", ""];
  for (let group = 0; group < GROUPS; group++) {
    const kept = Math.min(16, Math.max(0, prefix - group * 16));
    const free = 0xffff >>> kept;
    const value = address.value.charCodeAt(group);
    first += String.fromCharCode(value & ~free);
    last += String.fromCharCode(value | free);
  }
  return { first: { family: 6, value: first }, last: { family: 6, value: last } };
}

/** The canonical text of an address (RFC 5952). */
export function formatIpAddress(address: IpAddress): string {
  return address.family === 4 ? formatIpv4(address.value) : formatIpv6(address.value);
}

/** Whether the text ends at `start` or goes on with a colon and a port. Runs in every check, so it creates no texts. */
function isPortOrNone(text: string, start: number): boolean {
  if (start === text.length) return true;
  const digits = text.length - start - 1;
  if (text[start] !== ":" || digits === 0 || digits > 5) return false;
  let port = 0;
  for (let at = start + 1; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return false;
    port = port * 10 + digit;
  }
  return port <= 65_535;
}

/** The address in the text before `end`. */
function parseIpv4(text: string, end = text.length): number | null {
  let value = 0;
  let parts = 0;
  let at = 0;
  for (;;) {
    const start = at;
    let part = 0;
    for (; at < end; at++) {
      const digit = text.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      part = part * 10 + digit;
    }
    const length = at - start;
    // Some parsers read a leading zero as octal, others ignore it (RFC 6943).
    if (length === 0 || length > 3 || part > 255 || (length > 1 && text.charCodeAt(start) === 48))
      return null;
    value = value * 256 + part;
    parts++;
    if (at === end) return parts === 4 ? value : null;
    if (parts === 4 || text[at] !== ".") return null;
    at++;
  }
}

function parseIpv6(text: string): string | null {
  if (text.length > 45) return null;
  const gap = text.indexOf("::");
  if (gap === -1) {
    const groups = parseGroups(text, true);
    return groups?.length === GROUPS ? groups : null;
  }
  const before = gap === 0 ? "" : parseGroups(text.slice(0, gap), false);
  const after = gap + 2 === text.length ? "" : parseGroups(text.slice(gap + 2), true);
  if (before === null || after === null) return null;
  const zeros = GROUPS - before.length - after.length;
  return zeros > 0 ? before + "\0".repeat(zeros) + after : null;
}

/** Parses groups between single colons. The last may be an IPv4 address, which counts as two groups. */
function parseGroups(text: string, mayEndInIpv4: boolean): string | null {
  const parts = text.split(":");
  let groups = "";
  for (const [at, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) {
      groups += String.fromCharCode(Number.parseInt(part, 16));
      continue;
    }
    const ipv4 = mayEndInIpv4 && at === parts.length - 1 ? parseIpv4(part) : null;
    if (ipv4 === null) return null;
    groups += String.fromCharCode(ipv4 >>> 16, ipv4 & 0xffff);
  }
  return groups;
}

/** The IPv4 address in the last 32 bits of an IPv6 address, where transition prefixes such as NAT64 put it (RFC 6052). */
export function lastIpv4Of({ value }: IpAddress & { family: 6 }): IpAddress {
  return { family: 4, value: lowHalf(value) };
}

function lowHalf(value: string): number {
  return value.charCodeAt(6) * 65_536 + value.charCodeAt(7);
}

function formatIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

function formatIpv6(value: string): string {
  const { start, length } = longestZeros(value);
  const hex = (from: number, to: number) =>
    Array.from(value.slice(from, to).split(""), (group) => group.charCodeAt(0).toString(16)).join(":");
  return length < 2 ? hex(0, GROUPS) : `${hex(0, start)}::${hex(start + length, GROUPS)}`;
}

/** The first of the longest runs of zero groups. */
function longestZeros(value: string): { start: number; length: number } {
  let longest = { start: 0, length: 0 };
  for (let start = 0; start < GROUPS; start++) {
    let end = start;
    while (end < GROUPS && value.charCodeAt(end) === 0) end++;
    if (end - start > longest.length) longest = { start, length: end - start };
  }
  return longest;
}
