import { compare } from "../compare.ts";
import { formatNumber } from "../format.ts";
import { formatIpAddress, type IpAddress, networkRange, parseIpAddress } from "./ip-address.ts";
import {
  type EntryNotice,
  type InvalidEntry,
  invalidEntry,
  notice,
  type ParsedEntry,
  visible,
  withInvisibleNotice,
} from "./parsed-entry.ts";

/** All addresses of one family from `first` to `last`. */
interface Network {
  first: IpAddress;
  last: IpAddress;
  prefix: number;
}

const BITS = { 4: 32, 6: 128 };
/** Prefix length of IPv4-mapped IPv6 addresses. */
const MAPPED_BITS = 96;

/** Parses an IP address or a network in CIDR notation (RFC 4632, RFC 4291; docs/integrate/restrictions.md). */
export function readIp(written: string): ParsedEntry<string> {
  return withInvisibleNotice(readVisibleIp(visible(written)), written);
}

function readVisibleIp(text: string): ParsedEntry<string> {
  const read = readNetwork(text);
  if ("ok" in read) return read;
  const { network, address, mapped } = read;
  const notices: EntryNotice[] = [];
  if (formatIpAddress(network.first) !== formatIpAddress(address)) notices.push(notice("ip-host-bits"));
  if (mapped) notices.push(notice("ip-mapped"));
  if (isPrivate(network)) notices.push(notice("ip-private"));
  const canonical = formatNetwork(network);
  return { ok: true, entry: canonical, text: canonical, meaning: meaningOf(network), notices };
}

/** The network of an entry, with the address as it was written. */
function readNetwork(text: string): { network: Network; address: IpAddress; mapped: boolean } | InvalidEntry {
  const slash = text.indexOf("/");
  const host = slash === -1 ? text : text.slice(0, slash);
  const address = parseIpAddress(host);
  if (address === null) return explainInvalidIp(text, host);
  const mapped = address.family === 4 && host.includes(":");
  const bits = BITS[address.family];
  const prefix = slash === -1 ? bits : readPrefix(text.slice(slash + 1), mapped);
  if (typeof prefix !== "number") return prefix;
  if (prefix > bits) return invalidEntry("prefix-too-long");
  if (prefix === 0) return invalidEntry("prefix-everything");
  return { network: { ...networkRange(address, prefix), prefix }, address, mapped };
}

/** Compiles a list in canonical form. Throws `RangeError` for an invalid entry. */
export function compileIps(entries: readonly string[]): IpSet {
  return new IpSet(entries.map(parseNetwork));
}

/** Whether `wide` contains all addresses of `narrow`. Throws `RangeError` for an invalid entry. */
export function networkCovers(wide: string, narrow: string): boolean {
  const [{ first, last }, inner] = [parseNetwork(wide), parseNetwork(narrow)];
  const isOneFamily = first.family === inner.first.family;
  return isOneFamily && first.value <= inner.first.value && inner.last.value <= last.value;
}

/** The IP addresses that a list allows, as sorted ranges for binary search. */
export class IpSet {
  readonly #ipv4: number[];
  readonly #ipv6: string[];

  constructor(networks: readonly Network[]) {
    this.#ipv4 = mergeRanges(
      networks.flatMap(({ first, last }) =>
        first.family === 4 && last.family === 4 ? [[first.value, last.value] as const] : [],
      ),
    );
    this.#ipv6 = mergeRanges(
      networks.flatMap(({ first, last }) =>
        first.family === 6 && last.family === 6 ? [[first.value, last.value] as const] : [],
      ),
    );
  }

  has(address: IpAddress): boolean {
    return address.family === 4 ? contains(this.#ipv4, address.value) : contains(this.#ipv6, address.value);
  }
}

/** First and last value of each range in one flat list, sorted and without overlaps. One list causes fewer cache misses. */
function mergeRanges<Value extends number | string>(
  ranges: (readonly [first: Value, last: Value])[],
): Value[] {
  const merged: Value[] = [];
  for (const [first, last] of ranges.toSorted(([a], [b]) => compare(a, b))) {
    const previousLast = merged.at(-1);
    if (previousLast === undefined || previousLast < first) merged.push(first, last);
    else if (previousLast < last) merged[merged.length - 1] = last;
  }
  return merged;
}

function contains<Value extends number | string>(ranges: readonly Value[], value: Value): boolean {
  let [low, high] = [0, ranges.length / 2];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[2 * middle] as Value) <= value) low = middle + 1;
    else high = middle;
  }
  const last = ranges[2 * low - 1];
  return last !== undefined && value <= last;
}

function parseNetwork(entry: string): Network {
  const read = readNetwork(entry);
  if ("ok" in read) throw new RangeError("not an address or network");
  return read.network;
}

function formatNetwork({ first, prefix }: Network): string {
  const host = formatIpAddress(first);
  return prefix === BITS[first.family] ? host : `${host}/${prefix}`;
}

function meaningOf({ first, last, prefix }: Network): string {
  const [from, to] = [formatIpAddress(first), formatIpAddress(last)];
  if (from === to) return `Only the address ${from}.`;
  const free = BITS[first.family] - prefix;
  const count = free <= 32 ? `${formatNumber(2 ** free)} addresses` : `A /${prefix} network`;
  return `${count}, from ${from} to ${to}.`;
}

function readPrefix(text: string, mapped: boolean): number | InvalidEntry {
  if (!/^(0|[1-9]\d{0,2})$/.test(text)) return invalidEntry("prefix-unreadable");
  const prefix = Number(text);
  if (!mapped) return prefix;
  if (prefix > 128) return invalidEntry("prefix-too-long");
  return prefix < MAPPED_BITS ? invalidEntry("prefix-mixed") : prefix - MAPPED_BITS;
}

const PRIVATE = compileIps([
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "100.64.0.0/10",
  "::1",
  "fc00::/7",
  "fe80::/10",
]);

function isPrivate({ first, last }: Network): boolean {
  return PRIVATE.has(first) && PRIVATE.has(last);
}

/** The most specific error for a text that is not an address. */
function explainInvalidIp(text: string, host: string) {
  if (text === "") return invalidEntry("ip-empty");
  if (/\s/u.test(text)) return invalidEntry("ip-space", suggestIfValid(text.trim(), text));
  if (host.includes("%")) return invalidEntry("ip-zone", suggestIfValid(host.slice(0, host.indexOf("%"))));
  const bracketed = /^\[(.*)\](?::\d*)?$/.exec(host);
  if (bracketed) return invalidEntry("ip-port", suggestIfValid(bracketed[1] ?? ""));
  const port = /^([\d.]+):\d*$/.exec(host);
  if (port) return invalidEntry("ip-port", suggestIfValid(port[1] ?? ""));
  const star = /^(?:\d{1,3}\.){1,3}\*(?:\.\*)*$/.exec(host);
  if (star) {
    const kept = host.split(".").filter((part) => part !== "*");
    const zeros = Array.from({ length: 4 - kept.length }, () => "0");
    return invalidEntry("ip-star", suggestIfValid(`${[...kept, ...zeros].join(".")}/${kept.length * 8}`));
  }
  if (/[-–]/.test(host) && /^[\d.:a-f–-]+$/i.test(host))
    return invalidEntry("ip-range", networksOfRange(host));
  // Parsers disagree on short, octal, decimal and hexadecimal forms (RFC 6943).
  if (/^(0x[\da-f]+|\d+)(\.(0x[\da-f]+|\d+)){0,3}$/i.test(host)) return invalidEntry("ip-short");
  if (/^[\p{L}\d-]+(\.[\p{L}\d-]+)*\.?$/u.test(host)) return invalidEntry("ip-name");
  return invalidEntry("ip-unreadable", suggestIfValid(text.replace(QUOTES_AROUND, ""), text));
}

/** Quotation marks and separators that are often copied along with an address. */
const QUOTES_AROUND = /^["'`\u2018-\u201f«»‹›]{1,3}|["'`\u2018-\u201f«»‹›,;]{1,3}$/g;

/** A range that needs more networks than this gets no suggestion. */
const MAX_RANGE_NETWORKS = 16;

/** The networks that make up a range of IPv4 addresses such as `198.51.100.0-198.51.100.255`; empty if there are too many. */
function networksOfRange(text: string): string[] {
  const [first, last, ...rest] = text.split(/[-–]/).map(parseIpAddress);
  if (rest.length > 0 || first?.family !== 4 || last?.family !== 4) return [];
  const networks: string[] = [];
  for (let at = first.value; at <= last.value; ) {
    let size = 1;
    while (at % (size * 2) === 0 && at + size * 2 - 1 <= last.value) size *= 2;
    networks.push(
      `${formatIpAddress({ family: 4, value: at })}${size === 1 ? "" : `/${32 - Math.log2(size)}`}`,
    );
    at += size;
  }
  return networks.length <= MAX_RANGE_NETWORKS ? networks : [];
}

/** Characters; longer than any network. Bounds how often a text is peeled, such as one of nested brackets. */
const MAX_SUGGESTED_LENGTH = 100;

/** The canonical form of `text` as the only suggestion; none if it is invalid or equals `from`. */
function suggestIfValid(text: string, from = ""): string[] {
  if (text === from || text.length > MAX_SUGGESTED_LENGTH) return [];
  const parsed = readIp(text);
  return parsed.ok ? [parsed.text] : [];
}
